package dev.inlay.pickle;

/**
 * What a pickle can hold here: plain values, containers, tensors, and names of anything else.
 *
 * <p>Containers compare by identity: a hostile one may hold itself, or hold others many times over.
 */
public sealed interface Value
    permits Scalar, Opaque, Global, Sequence, Dict, Storage, StoredTensor {
  /** What it is, never what is in it: for messages. */
  String kind();
}
