package dev.inlay.adapt;

import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A weights file some of whose tensors are adapted. These are read whole and in order, so that a
 * file's checksum still counts; first convolutions and classifiers are small.
 */
public final class AdaptedFile implements TensorFile {

  private final TensorFile file;
  private final Map<TensorInfo, Adaptation> adaptations = new LinkedHashMap<>();
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Map<TensorInfo, byte[]> read = new ConcurrentHashMap<>();

  private AdaptedFile(TensorFile file, Collection<? extends Adaptation> all) {
    this.file = file;
    tensors.putAll(file.tensors());
    for (Adaptation each : all) {
      adaptations.put(each.adapted(), each);
      tensors.put(each.original().name(), each.adapted());
    }
  }

  /** The file as it is with these adaptations; the same file if there are none. */
  static TensorFile of(TensorFile file, Collection<? extends Adaptation> adaptations) {
    return adaptations.isEmpty() ? file : new AdaptedFile(file, adaptations);
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public Map<String, String> metadata() {
    return file.metadata();
  }

  @Override
  public Map<String, TensorInfo> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public void read(TensorInfo tensor, long from, ByteBuffer target) {
    Adaptation adaptation = adaptations.get(tensor);
    if (adaptation == null) {
      file.read(tensor, from, target);
    } else {
      byte[] bytes = read.computeIfAbsent(tensor, each -> bytes(adaptation));
      target.put(bytes, Math.toIntExact(from), target.remaining());
    }
  }

  private byte[] bytes(Adaptation adaptation) {
    TensorInfo original = adaptation.original();
    ByteBuffer whole = ByteBuffer.allocate(Math.toIntExact(original.bytes()));
    file.read(original, whole);
    return adaptation.bytes(whole.array());
  }

  @Override
  public void close() {
    file.close();
  }
}
