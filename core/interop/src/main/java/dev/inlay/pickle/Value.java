package dev.inlay.pickle;

/**
 * A value of a pickle: a scalar, a container, a storage, a tensor, or the name of anything else.
 *
 * <p>Containers compare by identity, because a hostile container may contain itself or share its
 * items many times.
 */
public sealed interface Value
    permits Scalar, Opaque, Global, Sequence, Dict, Storage, StoredTensor {
  /** The kind of the value, for messages; never the content of a container. */
  String kind();
}
