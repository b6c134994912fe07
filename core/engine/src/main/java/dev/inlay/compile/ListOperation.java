package dev.inlay.compile;

import dev.inlay.graph.Operator;
import dev.inlay.graph.Origin;
import org.jspecify.annotations.Nullable;

/**
 * One operation on each element of lists of tensors. With a second list and a scalar it takes the
 * product of these two as its second operand, as in a + s b.
 *
 * @param result the list that it makes, or, in place, its first list
 * @param first the list of first operands
 * @param second the list of second operands, if they are tensors
 * @param scalar a number, the same for all tensors
 */
public record ListOperation(
    Operator operator,
    String result,
    boolean inPlace,
    String first,
    @Nullable String second,
    @Nullable ListScalar scalar,
    Origin origin) {}
