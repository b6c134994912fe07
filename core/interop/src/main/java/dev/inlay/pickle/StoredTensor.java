package dev.inlay.pickle;

import java.util.List;

/**
 * The description of a tensor in a pickle.
 *
 * @param storage the storage of its numbers
 * @param type the type of its numbers; it differs from the storage's if the storage is untyped
 * @param offset the index of its first number in the storage
 * @param shape its dimensions
 * @param strides the stride of each dimension, in numbers
 */
public record StoredTensor(
    Storage storage, StorageType type, long offset, List<Long> shape, List<Long> strides)
    implements Value {
  @Override
  public String kind() {
    return "a tensor";
  }
}
