package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Backbone;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Named;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file's tensors must have the kind of their parameters; the bytes are not reinterpreted. */
final class NetworkTypesTest {

  @TempDir private Path folder;

  /** No options. */
  public record Nothing() {}

  @Named(value = "normed", says = "A normalised image.")
  private static final class Normed implements Backbone<Nothing> {
    @Override
    public Features build(Nothing options, Features input, Scope scope) {
      return input.withMaps(List.of(scope.norm("bn", input.image())), List.of(1));
    }
  }

  @Named(value = "scores", says = "A classifier.")
  private static final class Scores implements Decoder<Nothing> {
    @Override
    public Tensor build(Nothing options, Features input, Scope scope) {
      return scope.classify("conv", input.last(), input.classes(), 0);
    }
  }

  private static Assembly assembly() {
    return Assembly.of(
        new NetworkSpec(
            List.of(NetworkSpec.Stage.of(new Normed()), NetworkSpec.Stage.of(new Scores())),
            Techniques.of(List.of())),
        2);
  }

  private void refuses(String parameter, TensorType type, String message) {
    Assembly assembly = assembly();
    List<TensorInfo> tensors = new ArrayList<>();
    assembly
        .graph()
        .parameters()
        .forEach(
            (name, p) -> {
              TensorType right = name.endsWith("tracked") ? TensorType.I64 : TensorType.F32;
              tensors.add(new TensorInfo(name, name.equals(parameter) ? type : right, p.shape()));
            });
    Path file = folder.resolve("weights.safetensors");
    SafetensorsWriter.write(
        file,
        Map.of(),
        tensors,
        (tensor, channel) -> channel.write(ByteBuffer.allocate((int) tensor.bytes())));

    try (Safetensors weights = Safetensors.open(file)) {
      assertThatThrownBy(() -> Network.load(assembly, weights, "cpu"))
          .isInstanceOf(InlayException.class)
          .hasMessage(file + message);
    }
  }

  @Test
  void wholeNumbersAreNoWeights() {
    refuses(
        "normed.bn.weight",
        TensorType.I64,
        " has normed.bn.weight as I64, but it must be F32, F16, BF16 or F64. Save it in that"
            + " type.");
  }

  @Test
  void fractionsAreNoCounts() {
    refuses(
        "normed.bn.num_batches_tracked",
        TensorType.F32,
        " has normed.bn.num_batches_tracked as F32, but it must be I64. Save it in that type.");
  }
}
