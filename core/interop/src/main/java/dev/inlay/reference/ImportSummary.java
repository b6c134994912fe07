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
 * What became of every tensor of an imported file, and of every parameter of the network, as plain
 * values that can be written as JSON.
 *
 * @param file the file that was read
 * @param out the file that was written
 * @param network the network's spec
 * @param networkFrom what says which network it is
 * @param names whose names the file uses
 * @param classes how many classes the network tells apart
 * @param loaded tensors that became parameters
 * @param reshaped those of the loaded whose shape has other dimensions of size 1
 * @param leftOut tensors that became no parameter
 * @param missing parameters that the file does not have
 * @param reset parameters that begin fresh because that was asked for
 * @param countedFrom0 counts of batches that the file does not have
 * @param noStage parts of the configuration that no stage is, by the prefix of their keys
 * @param trainedOtherwise what the configuration trains otherwise than here, by its place
 * @param skipped what stands in the file and is no tensor
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
    List<Alone> leftOut,
    List<Alone> missing,
    List<Alone> reset,
    List<Alone> countedFrom0,
    List<String> noStage,
    Map<String, String> trainedOtherwise,
    List<String> skipped) {

  /** A tensor that became a parameter. */
  public record Loaded(String parameter, String from, String dtype, List<Long> shape) {}

  /** A tensor that became a parameter of another shape. */
  public record Reshaped(String parameter, String from, List<Long> shapeInFile, List<Long> shape) {}

  /** A parameter or tensor without a counterpart. */
  public record Alone(String name, List<Long> shape) {}

  /**
   * Sums an import up.
   *
   * @param file the file that was read
   * @param out where the network was saved
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
        transfer.leftOut().stream().map(t -> new Alone(t.name(), t.shape())).toList(),
        alone(transfer.missing()),
        alone(transfer.reset()),
        alone(transfer.counters()),
        matched.unlike(),
        matched.trainedOtherwise(),
        skipped(file));
  }

  private static List<Alone> alone(List<Parameter> parameters) {
    return parameters.stream().map(p -> new Alone(p.name(), p.shape())).toList();
  }

  /** What stands in a file and is no tensor, many of a kind as one. */
  public static List<String> skipped(TensorFile file) {
    return file instanceof PyTorchFile torch
        ? torch.skipped().stream().map(Skipped::toString).toList()
        : List.of();
  }
}
