package dev.inlay.plugin;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A jar, or another entry of the class path, that is not used.
 *
 * @param path the jar; null for an entry of the class path that is not a file
 * @param id its plugin id; null if it could not be read
 * @param message the message, which names the jar and every reason
 */
public record Refused(@Nullable Path path, @Nullable String id, String message) {}
