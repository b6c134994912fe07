package dev.inlay.torch;

import dev.inlay.InlayException;
import dev.inlay.graph.Parameter;
import dev.inlay.weights.NonFinite;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All values in the engine that training changes, as tensors of one file: the network's parameters
 * under their names, the optimizer's memory under {@code optimizer/}, the average of the parameters
 * under {@code average/}, and the state of the engine's random generator.
 */
public final class TrainingValues {

  private static final String MEMORY = "optimizer/";
  private static final String AVERAGE = "average/";
  private static final String RANDOM = "random/engine";

  /** An upper bound for the bytes of a random generator's state. */
  private static final int MOST_RANDOM = 1 << 16;

  private final Network network;
  private final Parameters memory;
  private final List<Parameter> memoryParts;
  private final @Nullable Network average;

  TrainingValues(
      Network network, Parameters memory, List<Parameter> memoryParts, @Nullable Network average) {
    this.network = network;
    this.memory = memory;
    this.memoryParts = memoryParts;
    this.average = average;
  }

  /** The tensors of such a file, without the random generator's state. */
  private Map<String, TensorInfo> tensors() {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    for (Parameter parameter : network.assembly().graph().parameters().values()) {
      tensors.put(parameter.name(), TensorInfo.of(parameter));
    }
    memoryParts.forEach(part -> add(tensors, MEMORY, part));
    if (average != null) {
      average.assembly().graph().parameters().values().forEach(each -> add(tensors, AVERAGE, each));
    }
    return tensors;
  }

  private static void add(Map<String, TensorInfo> tensors, String folder, Parameter parameter) {
    TensorInfo plain = TensorInfo.of(parameter);
    String name = folder + parameter.name();
    tensors.put(name, new TensorInfo(name, plain.type(), plain.shape()));
  }

  /** A value in the engine under its name there. */
  private record Place(Parameters values, String name) {}

  /** Where a tensor of such a file lies in the engine. */
  private Place place(String tensor) {
    if (tensor.startsWith(MEMORY)) {
      return new Place(memory, tensor.substring(MEMORY.length()));
    }
    if (average != null && tensor.startsWith(AVERAGE)) {
      return new Place(average.parameters(), tensor.substring(AVERAGE.length()));
    }
    return new Place(network.parameters(), tensor);
  }

  /**
   * Requires that all numbers are finite.
   *
   * @param subject what has the others, at the beginning of the message
   * @param wayOut what to do, in sentences
   * @throws InlayException if some are NaN or infinite, naming the tensors
   */
  public void requireFinite(String subject, String wayOut) {
    NonFinite numbers = new NonFinite();
    EngineCalls.during(
        () -> {
          for (String tensor : tensors().keySet()) {
            Place place = place(tensor);
            place.values().look(place.name(), tensor, numbers);
          }
        });
    numbers.require(subject, wayOut);
  }

  /** Saves the values with metadata; the file is written atomically. */
  public void save(Path path, Map<String, String> metadata) {
    List<TensorInfo> tensors = new ArrayList<>(tensors().values());
    Optional<byte[]> random = EngineRandom.state(network.manager());
    random.ifPresent(
        state -> tensors.add(new TensorInfo(RANDOM, TensorType.U8, List.of((long) state.length))));
    SafetensorsWriter.write(
        path,
        metadata,
        tensors,
        (tensor, channel) -> {
          if (tensor.name().equals(RANDOM)) {
            channel.write(ByteBuffer.wrap(random.orElseThrow()));
          } else {
            Place place = place(tensor.name());
            place.values().write(place.name(), channel);
          }
        });
  }

  /**
   * Restores the values from a file; nothing changes if one of them does not fit.
   *
   * @param seed the seed for the random generator if the file or this machine has no state for it
   * @throws InlayException if the file's tensors are not those of this training, naming one
   */
  public void restore(TensorFile file, long seed) {
    Map<String, TensorInfo> wanted = tensors();
    wanted.values().forEach(tensor -> require(file, tensor));
    for (String name : file.tensors().keySet()) {
      if (!wanted.containsKey(name) && !name.equals(RANDOM)) {
        throw new InlayException(
            "%s has the tensor '%s', which this training does not have. Restore it with the network and the optimizer that it was saved with."
                .formatted(file.path(), name));
      }
    }
    for (TensorInfo tensor : wanted.values()) {
      Place place = place(tensor.name());
      place.values().read(place.name(), file, tensor);
    }
    restoreRandom(file, seed);
  }

  private static void require(TensorFile file, TensorInfo wanted) {
    TensorInfo found = file.tensors().get(wanted.name());
    if (!wanted.equals(found)) {
      throw new InlayException(
          "%s has %s, but this training needs %s. Restore it with the network and the optimizer that it was saved with."
              .formatted(
                  file.path(),
                  found == null ? "no tensor '" + wanted.name() + "'" : "the tensor " + found,
                  wanted));
    }
  }

  private void restoreRandom(TensorFile file, long seed) {
    TensorInfo random = file.tensors().get(RANDOM);
    if (random != null && random.bytes() <= MOST_RANDOM) {
      byte[] state = new byte[(int) random.bytes()];
      file.read(random, ByteBuffer.wrap(state));
      if (EngineRandom.restore(network.manager(), state)) {
        return;
      }
    }
    network.manager().getEngine().setRandomSeed((int) seed);
  }
}
