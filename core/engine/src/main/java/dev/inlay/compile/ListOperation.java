package dev.inlay.compile;

import dev.inlay.graph.Operator;
import dev.inlay.graph.Origin;
import org.jspecify.annotations.Nullable;

/**
 * An operation on each tensor of a list. With both a second list and a scalar, the second operand
 * is their product, as in a + s b.
 *
 * @param result the list of results; in place, the first list
 * @param first the list of first operands
 * @param second the list of second operands; null if the operation has none
 * @param scalar a number for all tensors; null if the operation has none
 */
public record ListOperation(
    Operator operator,
    String result,
    boolean inPlace,
    String first,
    @Nullable String second,
    @Nullable ListScalar scalar,
    Origin origin) {}
