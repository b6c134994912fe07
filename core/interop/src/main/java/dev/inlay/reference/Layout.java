package dev.inlay.reference;

/**
 * The prefixes of parameter names in a project's state dicts, by the part of the network. Each
 * prefix is empty or ends with a dot.
 *
 * @param backbone the prefix of the backbone
 * @param neck the prefix of all stages between the backbone and the head
 * @param head the prefix of the head
 * @param auxiliary the prefix of an auxiliary head; if there are several, their number follows
 */
public record Layout(String backbone, String neck, String head, String auxiliary) {}
