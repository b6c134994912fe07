package dev.inlay.pytorch;

import dev.inlay.pickle.FileErrors;
import dev.inlay.pickle.Storage;
import dev.inlay.pickle.StoredTensor;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import dev.inlay.weights.Text;
import java.util.List;
import java.util.Map;

/**
 * A tensor of a checkpoint and the place of its numbers, checked against the file.
 *
 * @param info its name, format and shape
 * @param strides the stride of each dimension, in numbers
 * @param storage the place of the storage in the file
 * @param offset its first byte, counted from the start of the storage
 * @param span the bytes of the storage from its first number to its last
 */
record Layout(TensorInfo info, List<Long> strides, Place storage, long offset, long span) {

  /** Whether the tensor is contiguous in row-major order. */
  boolean contiguous() {
    long step = 1;
    for (int i = strides.size() - 1; i >= 0; i--) {
      long size = info.shape().get(i);
      if (size != 1 && strides.get(i) != step) {
        return info.elements() == 0;
      }
      step *= size;
    }
    return true;
  }

  /** Whether the tensor is contiguous and fills its storage. */
  boolean coversStorage() {
    return contiguous() && offset == 0 && info.bytes() == storage.bytes();
  }

  /** Checks a tensor against its storage and the file. */
  static Layout of(
      String name, StoredTensor tensor, Map<String, Place> storages, FileErrors errors) {
    String which = "the tensor " + Text.quoted(name);
    Storage storage = tensor.storage();
    TensorType type = tensor.type().numbers();
    if (type == null) {
      throw errors.of(
          "%s has numbers of %s, which Inlay does not read. Save it with another dtype."
              .formatted(which, tensor.type().className()));
    }
    Place place = storages.get(storage.key());
    if (place == null) {
      throw errors.damaged(
          "%s refers to the storage %s, which the file lacks."
              .formatted(which, Text.quoted(storage.key())));
    }
    if (place.bytes() / storage.type().bytes() != storage.count()) {
      throw errors.damaged(
          "%s lies in a storage of %d numbers (%s), but the file has %d bytes of it."
              .formatted(which, storage.count(), storage.type().className(), place.bytes()));
    }
    long begin = storage.viewOffset() * storage.type().bytes();
    long room = storage.viewCount() * storage.type().bytes() / type.bytes();
    long last = last(tensor, which, errors);
    if (last >= room) {
      throw errors.damaged(
          "%s reaches number %d of its storage, which has %d.".formatted(which, last, room));
    }
    TensorInfo info = new TensorInfo(name, type, tensor.shape());
    if (info.elements() > room) {
      throw errors.of(
          ("%s has %d numbers but only %d are stored: it is expanded. "
                  + "Save a copy of it, made with contiguous().")
              .formatted(which, info.elements(), room));
    }
    long offset = begin + tensor.offset() * type.bytes();
    long span = last < 0 ? 0 : (last - tensor.offset() + 1) * type.bytes();
    return new Layout(info, tensor.strides(), place, last < 0 ? begin : offset, span);
  }

  /** The index of a tensor's last number in its storage, or -1 if the tensor is empty. */
  private static long last(StoredTensor tensor, String which, FileErrors errors) {
    try {
      long last = tensor.offset();
      long bytes = tensor.type().bytes();
      for (int i = 0; i < tensor.shape().size(); i++) {
        long size = tensor.shape().get(i);
        long stride = tensor.strides().get(i);
        if (size < 0 || stride < 0) {
          throw errors.damaged(
              "%s has the shape %s and the strides %s; none can be negative."
                  .formatted(which, tensor.shape(), tensor.strides()));
        }
        bytes = Math.multiplyExact(bytes, size);
        last = Math.addExact(last, Math.multiplyExact(Math.max(size - 1, 0), stride));
      }
      return bytes == 0 ? -1 : last;
    } catch (ArithmeticException overflow) {
      throw errors.damaged(
          "%s has the shape %s and the strides %s, more than any file holds."
              .formatted(which, tensor.shape(), tensor.strides()));
    }
  }
}
