package dev.inlay.plugin;

import dev.inlay.Technique;

/**
 * A technique that was found.
 *
 * @param name the name it gave when it was loaded
 * @param technique the technique itself
 * @param origin where it came from, for messages: "plugin jar aspp-0.1.0.jar", "class path entry
 *     my-techniques.jar"
 */
public record Found(String name, Technique<?> technique, String origin) {}
