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
 * Parameters that a stage of a network computed from labels.
 *
 * @param network the network
 * @param stage its stage
 * @param parameters the values by their names in the network
 * @param figures what there is to know about them, by name
 */
public record Prepared(
    Assembly network,
    Assembly.Stage stage,
    Map<String, HostArray> parameters,
    Map<String, Number> figures) {

  /** Is told how far the reading of label maps has come. */
  @FunctionalInterface
  public interface Progress {
    /**
     * A label map was read.
     *
     * @param pass how many times all of them were read before
     * @param index its number
     */
    void read(int pass, int index);
  }

  public Prepared {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /**
   * The preparation of a network, which has seen no labels yet.
   *
   * @throws InlayException if no stage of the network prepares anything
   */
  public static StagePreparation preparation(Assembly network) {
    return network
        .preparation()
        .orElseThrow(
            () ->
                new InlayException(
                    "No stage of \"%s\" computes parameters from labels. Train it without preparing it."
                        .formatted(network.spec())));
  }

  /**
   * Shows all labels to a preparation, as many times as it asks, and takes its parameters.
   *
   * @throws InlayException if a label map is bad, if the labels are not enough, or if the
   *     parameters are not those of the stage
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
          "The stage '%s' prepared '%s', which is no weight of it. This is a fault of the technique."
              .formatted(stage.spec(), name));
    }
    if (parameter.size() != length) {
      throw new InlayException(
          "The stage '%s' prepared %d values for '%s', which has %d. This is a fault of the technique."
              .formatted(stage.spec(), length, name, parameter.size()));
    }
    return parameter;
  }

  private static long[] shape(Parameter parameter) {
    return parameter.shape().stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Saves the parameters as safetensors, with which a training can begin.
   *
   * @param facts what the file says beside the stage and its figures
   * @throws InlayException if the place can't be written to
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
