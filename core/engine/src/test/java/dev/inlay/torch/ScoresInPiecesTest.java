package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Dim;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.WorkingMemory;
import dev.inlay.compile.pass.WithoutDropout;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Operator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Attention in pieces of rows: the values of the whole matrix in a part of its memory. */
final class ScoresInPiecesTest {

  private static final ProgramOptions PLAIN =
      new ProgramOptions(false, List.of(new WithoutDropout()));

  private static final ProgramOptions PIECES = ProgramOptions.INFERENCE;

  private final Graph graph = new Graph();
  private final Tensor map =
      graph.input(
          "map", Tensor.Type.FLOAT, Dim.symbol("B"), Dim.of(3), Dim.symbol("H"), Dim.symbol("W"));

  /** (B,3,N), (B,N,3) and the scores (B,N,N) of N pixels. */
  private final Tensor keys = map.flat();

  private final Tensor queries = keys.permute(0, 2, 1);
  private final Tensor scores = queries.matmul(keys);

  private Map<String, Tensor> attentions() {
    Map<String, Tensor> forms = new LinkedHashMap<>();
    forms.put("softmax", scores.times(0.5).softmax(2).matmul(queries));
    forms.put("values first", keys.matmul(scores.softmax(2).permute(0, 2, 1)));
    forms.put("einsum", keys.einsum("bcm,bnm->bcn", keys.einsum("bcn,bcm->bnm", keys).softmax(-1)));
    forms.put("softmax over rows", keys.matmul(scores.softmax(1)));
    forms.put("sums of rows", scores.softmax(1).sum(2));
    forms.put("largest of each row", scores.max(2));
    forms.put("row subtracted", scores.max(2).minus(scores).softmax(2).matmul(queries));
    Tensor sum = keys.sum(1);
    Tensor pairs = sum.reshape(map.batch(), sum.dim(2), 1).plus(sum).relu();
    forms.put("sums of pairs", pairs.matmul(queries).div(sum.dim(2), 1));
    Tensor masked = scores.maskedFill(scores.lessThan(0), -1e9).softmax(2);
    forms.put("masked", masked.matmul(queries));
    return forms;
  }

  private Map<String, Tensor> sumsOverPieces() {
    Map<String, Tensor> forms = new LinkedHashMap<>();
    forms.put("sums of columns", scores.softmax(2).sum(1));
    forms.put("product over rows", keys.matmul(scores.softmax(2)));
    forms.put("einsum over rows", keys.einsum("bcn,bnm->bcm", scores.softmax(2)));
    return forms;
  }

  @TestFactory
  List<DynamicTest> computesTheValuesOfTheWholeMatrix() {
    Map<String, Tensor> all = attentions();
    all.putAll(sumsOverPieces());
    return tests(
        all,
        output -> {
          for (int[] size : new int[][] {{1, 7, 9}, {2, 12, 5}, {1, 3, 2}, {1, 1, 1}}) {
            HostArray whole = run(output, PLAIN, size);
            HostArray pieces = run(output, PIECES, size);
            assertThat(pieces.shape()).isEqualTo(whole.shape());
            Closeness.assertClose(output.toString(), pieces, whole, 1e-6);
          }
        });
  }

  @TestFactory
  List<DynamicTest> holdsOnePieceAtATime() {
    Map<String, Tensor> all = attentions();
    all.putAll(sumsOverPieces());
    return tests(
        all,
        output -> {
          assertThat(count(output, PIECES, Operator.SLICE)).isGreaterThanOrEqualTo(16);
          assertThat(bytes(output, PIECES)).isLessThan(bytes(output, PLAIN) / 5);
        });
  }

  private static List<DynamicTest> tests(Map<String, Tensor> forms, Consumer<Tensor> test) {
    Function<Map.Entry<String, Tensor>, DynamicTest> named =
        form -> DynamicTest.dynamicTest(form.getKey(), () -> test.accept(form.getValue()));
    return forms.entrySet().stream().map(named).toList();
  }

  /** Maps of many channels at a small stride are larger than a piece, but no scores. */
  @Test
  void scoresBetweenPixelsOfWideMapsAreInPieces() {
    Scope scope = graph.scope("");
    Tensor wide = scope.conv("wide", map, 64, 1).flat();
    Tensor output = wide.permute(0, 2, 1).matmul(wide).softmax(2).matmul(wide.permute(0, 2, 1));
    assertThat(count(output, PIECES, Operator.SLICE)).isEqualTo(16);
    assertThat(bytes(output, PIECES)).isLessThan(bytes(output, PLAIN) / 5);
  }

  @Test
  void eachOfTwoReadersComputesItsPieces() {
    Tensor attention = scores.softmax(2);
    Tensor received = attention.sum(1).permute(0, 2, 1);
    Tensor output = attention.matmul(queries).times(received);
    assertThat(bytes(output, PIECES)).isLessThan(bytes(output, PLAIN) / 5);
    Closeness.assertClose("both", run(output, PIECES, 1, 6, 5), run(output, PLAIN, 1, 6, 5), 1e-6);
  }

  @Test
  void attentionAfterAttentionIsInPieces() {
    Tensor first = scores.softmax(2).matmul(queries);
    Tensor second = first.matmul(first.permute(0, 2, 1)).softmax(2).matmul(first);
    assertThat(bytes(second, PIECES)).isLessThan(bytes(second, PLAIN) / 5);
    Closeness.assertClose(
        "second", run(second, PIECES, 1, 6, 5), run(second, PLAIN, 1, 6, 5), 1e-6);
  }

  @Test
  void aMatrixThatIsNeededAsAWholeStaysWhole() {
    Tensor attention = scores.softmax(2);
    Tensor turned = attention.reshape(map.batch(), keys.dim(2), map.height(), map.width());
    Tensor output =
        attention.matmul(queries).sum(1).plus(turned.adaptiveAvgPool(1, 1).flat().sum(1));
    assertThat(count(output, PIECES, Operator.SLICE)).isZero();
    assertThat(count(attention, PIECES, Operator.SLICE)).isZero();
  }

  @Test
  void aSoftmaxOverBothAxesStaysWhole() {
    Tensor output = scores.softmax(1).softmax(2).matmul(queries);
    assertThat(count(output, PIECES, Operator.SLICE)).isZero();
  }

  @Test
  void mapsAndFewVectorsStayWhole() {
    Tensor codes = keys.slice(1, 0, 2).matmul(queries).permute(0, 2, 1);
    Tensor toCodes = queries.matmul(codes).softmax(2);
    assertThat(count(toCodes, PIECES, Operator.SLICE)).isEqualTo(1);
    assertThat(count(map.mean(2, 3), PIECES, Operator.SLICE)).isZero();
  }

  @Test
  void trainingKeepsTheWholeMatrix() {
    Tensor output = scores.softmax(2).matmul(queries);
    assertThat(count(output, ProgramOptions.TRAINING, Operator.SLICE)).isZero();
  }

  private HostArray run(Tensor output, ProgramOptions options, int... size) {
    float[] values = new float[size[0] * 3 * size[1] * size[2]];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    HostArray given = new HostArray(new long[] {size[0], 3, size[1], size[2]}, values);
    return GraphRunner.run(graph, List.of(output), options, Map.of(), Map.of("map", given)).get(0);
  }

  private long count(Tensor output, ProgramOptions options, Operator operator) {
    return new Program(graph, List.of(output), options)
        .order().stream().filter(node -> node.operator() == operator).count();
  }

  private long bytes(Tensor output, ProgramOptions options) {
    return new WorkingMemory(new Program(graph, List.of(output), options)).bytes(1, 128, 128);
  }
}
