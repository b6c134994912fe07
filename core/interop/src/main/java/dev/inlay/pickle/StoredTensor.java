package dev.inlay.pickle;

import java.util.List;

/**
 * What a pickle says of a tensor.
 *
 * @param storage where its numbers lie
 * @param type what its numbers are; other than the storage's where that is untyped
 * @param offset its first number in the storage
 * @param shape its dimensions
 * @param strides the numbers from one item to the next in each dimension
 */
public record StoredTensor(
    Storage storage, StorageType type, long offset, List<Long> shape, List<Long> strides)
    implements Value {
  @Override
  public String kind() {
    return "a tensor";
  }
}
