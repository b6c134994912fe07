package dev.inlay.reference;

import dev.inlay.graph.Parameter;
import dev.inlay.pytorch.PyTorchFile;
import dev.inlay.pytorch.Skipped;
import dev.inlay.pytorch.WeightSet;
import dev.inlay.weights.NonFinite;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an import for every tensor of the file and every parameter of the network, as
 * plain values for JSON.
 *
 * @param file the file that was read
 * @param out the file that was written
 * @param network the network's spec
 * @param networkFrom the source of the network's spec
 * @param names the naming scheme of the file, such as {@code mmsegmentation}
 * @param classes the number of classes
 * @param loaded tensors that became parameters
 * @param reshaped loaded tensors whose shape differs by dimensions of size 1
 * @param leftOut tensors without a parameter
 * @param missing parameters without a tensor
 * @param reset parameters that begin fresh on request
 * @param countedFrom0 batch counters that the file lacks and that begin at 0
 * @param noStage auxiliary heads of the configuration without an equivalent stage, by the prefix of
 *     their keys
 * @param trainedOtherwise remarks on training that differs between the configuration and Inlay, by
 *     part
 * @param notDone what the configuration says of inference that Inlay does not do, by its place
 * @param images the images that the network takes
 * @param threshold the threshold of a file with one logit, which became two; null for other files
 * @param weights which of two sets of weights was taken; null for a file without an average
 * @param nonFinite parameters with numbers that are NaN or infinite, imported on request
 * @param skipped entries of the file that are not tensors
 */
public record ImportSummary(
    String file,
    String out,
    String network,
    String networkFrom,
    String names,
    int classes,
    List<Loaded> loaded,
    List<Reshaped> reshaped,
    List<NamedShape> leftOut,
    List<NamedShape> missing,
    List<NamedShape> reset,
    List<NamedShape> countedFrom0,
    List<String> noStage,
    Map<String, String> trainedOtherwise,
    Map<String, String> notDone,
    Images images,
    @Nullable Double threshold,
    @Nullable Weights weights,
    List<NonFinite.Found> nonFinite,
    List<String> skipped) {

  /**
   * The images that the network takes, and those that it was trained on.
   *
   * @param mean the mean of red, green and blue, from 0 to 1
   * @param std the standard deviation of red, green and blue, on the same scale
   * @param trainedOn the order of the colours in training
   * @param from who says it
   * @param turned the convolutions whose input channels were turned to red, green, blue
   */
  public record Images(
      List<Double> mean,
      List<Double> std,
      PixelConvention.ColourOrder trainedOn,
      String from,
      List<String> turned) {}

  /**
   * The set of weights that was taken of two.
   *
   * @param set the set
   * @param place its key, or the beginning of its names
   * @param other the key or beginning of the other set; null if there is none
   */
  public record Weights(WeightSet.Kind set, String place, @Nullable String other) {}

  /** A tensor that became a parameter. */
  public record Loaded(String parameter, String from, String dtype, List<Long> shape) {}

  /** A tensor that became a parameter of another shape. */
  public record Reshaped(String parameter, String from, List<Long> shapeInFile, List<Long> shape) {}

  /** The name and the shape of a parameter or a tensor. */
  public record NamedShape(String name, List<Long> shape) {}

  /**
   * Summarises an import.
   *
   * @param file the file that was read
   * @param nonFinite the parameters with numbers that are NaN or infinite
   * @param out the file that was written
   */
  public static ImportSummary of(
      TensorFile file, Import matched, List<NonFinite.Found> nonFinite, Path out) {
    Transfer transfer = matched.transfer();
    List<Loaded> loaded = new ArrayList<>();
    transfer
        .loaded()
        .forEach((p, t) -> loaded.add(new Loaded(p.name(), t.name(), t.type().name(), t.shape())));
    List<Reshaped> reshaped = new ArrayList<>();
    for (Parameter each : transfer.reshaped()) {
      TensorInfo from = Objects.requireNonNull(transfer.loaded().get(each));
      reshaped.add(new Reshaped(each.name(), from.name(), from.shape(), each.shape()));
    }
    return new ImportSummary(
        file.path().toString(),
        out.toString(),
        matched.assembly().spec().toString(),
        matched.origin(),
        transfer.names(),
        matched.assembly().classes(),
        loaded,
        reshaped,
        transfer.leftOut().stream().map(t -> new NamedShape(t.name(), t.shape())).toList(),
        shapes(transfer.missing()),
        shapes(transfer.reset()),
        shapes(transfer.counters()),
        matched.unmatched(),
        matched.trainedOtherwise(),
        matched.notDone(),
        images(matched),
        matched.threshold().isPresent() ? matched.threshold().getAsDouble() : null,
        weights(file),
        nonFinite,
        skipped(file));
  }

  private static Images images(Import matched) {
    PixelConvention convention = matched.pixels().convention();
    return new Images(
        convention.normalization().mean(),
        convention.normalization().deviation(),
        convention.order(),
        matched.pixels().origin(),
        matched.turned());
  }

  private static @Nullable Weights weights(TensorFile file) {
    return file instanceof PyTorchFile torch
        ? torch
            .weights()
            .map(set -> new Weights(set.kind(), set.place(), set.other().orElse(null)))
            .orElse(null)
        : null;
  }

  private static List<NamedShape> shapes(List<Parameter> parameters) {
    return parameters.stream().map(p -> new NamedShape(p.name(), p.shape())).toList();
  }

  /** The entries of a file that are not tensors; many of one kind are grouped. */
  public static List<String> skipped(TensorFile file) {
    return file instanceof PyTorchFile torch
        ? torch.skipped().stream().map(Skipped::toString).toList()
        : List.of();
  }
}
