package dev.inlay.reference;

/**
 * Where the parts of a project's networks lie in its state dicts: what the names of their
 * parameters begin with. Each is empty or ends with a dot.
 *
 * @param backbone before the backbone's names
 * @param neck before the names of all stages between the backbone and the head
 * @param head before the names of the head
 * @param auxiliary before the names of an auxiliary head; where there are several, their number
 *     follows
 */
public record Layout(String backbone, String neck, String head, String auxiliary) {}
