package dev.inlay.prepare;

import dev.inlay.InlayException;
import dev.inlay.Labels;
import dev.inlay.Preparation;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.StagePreparation;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelSource;
import dev.inlay.graph.Parameter;
import dev.inlay.image.LabelMap;
import dev.inlay.torch.HostArray;
import dev.inlay.weights.PartInfo;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Parameters of a stage, computed from the labels of a dataset.
 *
 * @param network the network
 * @param stage the stage whose parameters these are
 * @param parameters the values by the parameters' names in the network
 * @param figures measurements of the preparation by name, such as an error
 */
public record Prepared(
    Assembly network,
    Assembly.Stage stage,
    Map<String, HostArray> parameters,
    Map<String, Number> figures) {

  /** Receives the progress of reading label maps. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called after each label map.
     *
     * @param pass the number of completed passes over all label maps
     * @param index the label map's index, from 0
     */
    void read(int pass, int index);
  }

  public Prepared {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /**
   * The preparation that a network's stage offers, before it has read any labels.
   *
   * @throws InlayException if no stage of the network offers a preparation
   */
  public static StagePreparation preparation(Assembly network) {
    return network
        .preparation()
        .orElseThrow(
            () ->
                new InlayException(
                    "No stage of \"%s\" computes parameters from labels. Train the network without a preparation."
                        .formatted(network.spec())));
  }

  /**
   * Runs a preparation: passes all labels to it as often as it asks, and checks its parameters.
   *
   * @throws InlayException if a label map is wrong, the labels do not suffice, or a parameter is
   *     not one of the stage's
   */
  public static Prepared of(
      Assembly network,
      StagePreparation prepared,
      LabelSource labels,
      ClassList classes,
      Progress progress) {
    Preparation preparation = prepared.preparation();
    int pass = 0;
    do {
      for (int i = 0; i < labels.size(); i++) {
        LabelMap map = labels.read(i);
        preparation.see(new Labels(map.width(), map.height(), map.ids(), classes.ignore()));
        progress.read(pass, i);
      }
      pass++;
    } while (preparation.again());
    Map<String, HostArray> parameters = new LinkedHashMap<>();
    preparation
        .parameters()
        .forEach(
            (name, values) -> {
              Parameter parameter = parameter(network, prepared.stage(), name, values.length);
              parameters.put(parameter.name(), new HostArray(shape(parameter), values));
            });
    return new Prepared(network, prepared.stage(), parameters, preparation.figures());
  }

  private static Parameter parameter(
      Assembly network, Assembly.Stage stage, String name, int length) {
    Parameter parameter = network.graph().parameters().get(stage.name() + "." + name);
    if (parameter == null || parameter.kind() == Parameter.Kind.COUNTER) {
      throw new InlayException(
          "The stage '%s' prepared '%s', but has no weight of that name. This is a fault of the technique; report it to its author."
              .formatted(stage.spec(), name));
    }
    if (parameter.size() != length) {
      throw new InlayException(
          "The stage '%s' prepared %d values for '%s', which has %d. This is a fault of the technique; report it to its author."
              .formatted(stage.spec(), length, name, parameter.size()));
    }
    return parameter;
  }

  private static long[] shape(Parameter parameter) {
    return parameter.shape().stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Saves the parameters as a safetensors file for {@code train --weights}.
   *
   * @param facts further metadata of the file, beside the stage and the figures
   * @throws InlayException if the file cannot be written
   */
  public void save(Path path, Map<String, String> facts) {
    Map<String, String> metadata = new LinkedHashMap<>(PartInfo.metadata(stage.spec()));
    figures.forEach((name, figure) -> metadata.put(name, figure.toString()));
    metadata.putAll(facts);
    List<TensorInfo> tensors =
        parameters.keySet().stream()
            .map(
                name ->
                    TensorInfo.of(Objects.requireNonNull(network.graph().parameters().get(name))))
            .toList();
    SafetensorsWriter.write(
        path,
        metadata,
        tensors,
        (tensor, channel) ->
            channel.write(bytes(Objects.requireNonNull(parameters.get(tensor.name())))));
  }

  private static ByteBuffer bytes(HostArray array) {
    ByteBuffer bytes =
        ByteBuffer.allocate(array.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(array.values());
    return bytes;
  }
}
