package dev.inlay.spec;

/**
 * One option of a technique, in words.
 *
 * @param name as specs write it
 * @param type the values it takes, as in "list of whole numbers"
 * @param defaultValue the value when a spec names none, as specs write it
 * @param meaning what its author says it means; empty if nothing
 */
public record OptionDescription(String name, String type, String defaultValue, String meaning) {}
