package dev.inlay.reference;

import dev.inlay.graph.Parameter;
import dev.inlay.pytorch.PyTorchFile;
import dev.inlay.pytorch.Skipped;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
    List<String> skipped) {

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
   * @param out the file that was written
   */
  public static ImportSummary of(TensorFile file, Import matched, Path out) {
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
        skipped(file));
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
