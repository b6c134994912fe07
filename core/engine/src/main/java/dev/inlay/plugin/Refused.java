package dev.inlay.plugin;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A jar, or another entry of the class path, that is not used.
 *
 * @param path the jar; null for what lies on the class path but is no file
 * @param id its plugin id, where that could be read
 * @param message the one message about it, which names the jar and every cause
 */
public record Refused(@Nullable Path path, @Nullable String id, String message) {}
