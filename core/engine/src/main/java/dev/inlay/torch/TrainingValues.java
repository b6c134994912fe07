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

/**
 * All values in the engine that training changes, as tensors of one file: the network's parameters
 * under their names, the optimizer's memory under {@code optimizer/}, and the state of the engine's
 * random generator.
 */
public final class TrainingValues {

  private static final String MEMORY = "optimizer/";
  private static final String RANDOM = "random/engine";

  /** An upper bound for the bytes of a random generator's state. */
  private static final int MOST_RANDOM = 1 << 16;

  private final Network network;
  private final Parameters memory;
  private final List<Parameter> memoryParts;

  TrainingValues(Network network, Parameters memory, List<Parameter> memoryParts) {
    this.network = network;
    this.memory = memory;
    this.memoryParts = memoryParts;
  }

  /** The tensors of such a file, without the random generator's state. */
  private Map<String, TensorInfo> tensors() {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    for (Parameter parameter : network.assembly().graph().parameters().values()) {
      tensors.put(parameter.name(), TensorInfo.of(parameter));
    }
    for (Parameter part : memoryParts) {
      TensorInfo plain = TensorInfo.of(part);
      String name = MEMORY + part.name();
      tensors.put(name, new TensorInfo(name, plain.type(), plain.shape()));
    }
    return tensors;
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
          for (String name : network.assembly().graph().parameters().keySet()) {
            network.parameters().look(name, name, numbers);
          }
          for (Parameter part : memoryParts) {
            memory.look(part.name(), MEMORY + part.name(), numbers);
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
          } else if (tensor.name().startsWith(MEMORY)) {
            memory.write(tensor.name().substring(MEMORY.length()), channel);
          } else {
            network.parameters().write(tensor.name(), channel);
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
      if (tensor.name().startsWith(MEMORY)) {
        memory.read(tensor.name().substring(MEMORY.length()), file, tensor);
      } else {
        network.parameters().read(tensor.name(), file, tensor);
      }
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
