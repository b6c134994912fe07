package dev.inlay.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.reference.PixelConvention.ColourOrder;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.TensorFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An imported model takes red, green, blue and computes what the original did. */
final class ImportedImagesTest {

  private static final String SPEC = "trunk | side | pool | last";
  private static final String FIRST = "backbone.stem.conv.weight";

  private static ImportRequest request() {
    return request(SPEC, Set.of());
  }

  private static ImportRequest request(String spec, Set<String> reset) {
    return new ImportRequest(
        SampleParts.spec(spec), null, NameRules.NONE, false, reset, null, List.of());
  }

  private static Import matched(MemoryFile file, ImportRequest request) {
    return Import.of(file, SampleParts.TECHNIQUES, request);
  }

  private static MemoryFile mmseg(String statistics) {
    return MemoryFile.of(SPEC, 5, "mmsegmentation")
        .text("meta.cfg", statistics + "\nmodel = dict(type='EncoderDecoder')");
  }

  /** A weight (O,3,3,3) with its second axis reversed. */
  private static float[] turned(float[] weight) {
    float[] turned = new float[weight.length];
    for (int i = 0; i < weight.length; i++) {
      int colour = i / 9 % 3;
      turned[i] = weight[i + (2 - 2 * colour) * 9];
    }
    return turned;
  }

  private static float[] first(TensorFile file) {
    return file.floats(file.tensor(FIRST));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "img_norm_cfg = dict(mean=[51, 102, 153], std=[51, 51, 51], to_rgb=True); RGB",
        "img_norm_cfg = dict(mean=[51, 102, 153], std=[51, 51, 51]); RGB",
        "img_norm_cfg = dict(mean=[153, 102, 51], std=[51, 51, 51], to_rgb=False); BGR",
        "data_preprocessor = dict(mean=[153, 102, 51], std=[51, 51, 51], bgr_to_rgb=False); BGR",
        "data_preprocessor = dict(mean=[153, 102, 51], std=[51, 51, 51]); BGR",
        "data_preprocessor = dict(mean=[51, 102, 153], std=[51, 51, 51], bgr_to_rgb=True); RGB"
      })
  void theFirstConvolutionIsTurnedWhereTheReferenceTakesBlueFirst(
      String statistics, ColourOrder order) {
    MemoryFile file = mmseg(statistics);
    Import matched = matched(file, request());
    boolean turns = order == ColourOrder.BGR;

    assertThat(matched.info().mean()).containsExactly(0.2, 0.4, 0.6);
    assertThat(matched.pixels().convention().order()).isEqualTo(order);
    assertThat(matched.turned()).isEqualTo(turns ? List.of("trunk.stem.conv.weight") : List.of());
    assertThat(first(matched.file())).isEqualTo(turns ? turned(first(file)) : first(file));
    String other = "backbone.layer1.0.conv.weight";
    assertThat(matched.file().floats(matched.file().tensor(other)))
        .isEqualTo(file.floats(file.tensor(other)));
  }

  @Test
  void freshAndOmittedWeightsHaveNoOrder() {
    MemoryFile file = mmseg("img_norm_cfg = dict(mean=[1, 2, 3], std=[1, 1, 1], to_rgb=False)");
    assertThat(matched(file, request(SPEC, Set.of("trunk"))).turned()).isEmpty();
  }

  @Test
  void whatIsGivenCountsMoreThanWhatFilesSay() {
    MemoryFile file = mmseg("img_norm_cfg = dict(mean=[51, 102, 153], std=[51, 51, 51])");
    GivenPixels given = GivenPixels.of(List.of(127.5, 51.0, 0.0), null, ColourOrder.BGR);
    Import matched = matched(file, request().withPixels(given));

    assertThat(matched.info().mean()).containsExactly(0.5, 0.2, 0.0);
    assertThat(matched.info().std()).containsExactly(0.2, 0.2, 0.2);
    assertThat(matched.turned()).containsExactly("trunk.stem.conv.weight");
    assertThat(matched.pixels().origin())
        .isEqualTo(
            "as given by --mean and --channels, instead of mean [0.2, 0.4, 0.6] and std [0.2, 0.2,"
                + " 0.2], red, green, blue (as the file's own configuration says)");
  }

  @Test
  void whatNothingSaysIsAssumedInWords() {
    Import matched = matched(MemoryFile.of(SPEC, 5, "mmsegmentation"), request());
    assertThat(matched.info().mean()).containsExactly(0.485, 0.456, 0.406);
    assertThat(matched.pixels().origin()).startsWith("assumed").contains("nothing says it");
  }

  @Test
  void aFilesOwnModelComesBeforeItsConfiguration() {
    List<Double> half = List.of(0.5, 0.5, 0.5);
    ModelInfo model =
        new ModelInfo(SPEC, List.of("one"), List.of("#000000"), 255, half, half, Map.of());
    MemoryFile file =
        MemoryFile.of(SPEC, 1, "mmsegmentation")
            .text("meta.cfg", "img_norm_cfg = dict(mean=[0, 0, 0], std=[1, 1, 1], to_rgb=False)");
    model.toMetadata().forEach((name, text) -> file.text("meta.inlay." + name, text));

    Import matched = matched(file, request());
    assertThat(matched.info().mean()).isEqualTo(half);
    assertThat(matched.turned()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.5,0.5,0.5;58,57,57",
        "123,116,103;0.2,0.2,0.2",
        "1,2;1,1",
        "-1,0,0;1,1,1",
        "0,0,0;0,1,1",
        "0,0,NaN;1,1,1",
        "0,0,300;1,1,1"
      })
  void statisticsThatMakeNoSenseAreRefused(String both) {
    String[] parts = both.split(";");
    assertThatThrownBy(() -> GivenPixels.of(numbers(parts[0]), numbers(parts[1]), null))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("from 0 to 255 or from 0 to 1");
  }

  private static List<Double> numbers(String text) {
    return List.of(text.split(",")).stream().map(Double::valueOf).toList();
  }

  private static MemoryFile oneLogit(String spec) {
    return MemoryFile.of(spec, 1, "mmsegmentation");
  }

  @Test
  void oneLogitBecomesTwo() {
    MemoryFile file = oneLogit(SPEC);
    Import matched = matched(file, request());
    String weight = "decode_head.conv_seg.weight";
    float[] two = matched.file().floats(matched.file().tensor(weight));

    assertThat(matched.assembly().classes()).isEqualTo(2);
    assertThat(matched.threshold()).hasValue(0.5);
    assertThat(two).startsWith(0, 0, 0).endsWith(file.floats(file.tensor(weight))).hasSize(6);
    assertThat(matched.file().floats(matched.file().tensor("auxiliary_head.conv_seg.bias")))
        .startsWith(0f)
        .endsWith(file.floats(file.tensor("auxiliary_head.conv_seg.bias")));
    assertThat(matched.transfer().missing()).isEmpty();
    assertThat(matched.transfer().unfit()).isEmpty();
  }

  @Test
  void theThresholdIsTheLogitOfTheFirstClass() {
    MemoryFile file =
        oneLogit(SPEC)
            .text(
                "meta.cfg",
                "model = dict(backbone=dict(type='Trunk'), decode_head=dict(type='PoolHead',"
                    + " num_classes=2, out_channels=1))");
    Import matched = matched(file, request());
    String bias = "decode_head.conv_seg.bias";

    assertThat(matched.threshold()).hasValue(0.3);
    assertThat(matched.file().floats(matched.file().tensor(bias)))
        .containsExactly((float) Math.log(0.3 / 0.7), file.floats(file.tensor(bias))[0]);
    assertThat(matched.file().floats(matched.file().tensor("auxiliary_head.conv_seg.bias"))[0])
        .isZero();
  }

  @Test
  void oneClassThatIsAskedForStaysOne() {
    ImportRequest one = request().withClasses(1, List.of("road"));
    assertThat(matched(oneLogit(SPEC), one).assembly().classes()).isEqualTo(1);
    ImportRequest two = request().withClasses(2, List.of("ground", "road"));
    assertThat(matched(oneLogit(SPEC), two).info().classes()).containsExactly("ground", "road");
  }

  @Test
  void oneLogitThatIsUsedForMoreThanLabelsIsRefused() {
    // Pixels of a row are channels of the classifier, so that classes are not its rows.
    assertThatThrownBy(
            () ->
                matched(
                    oneLogit("trunk | last(factor=2)"),
                    request("trunk | last(factor=2)", Set.of())))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("has one logit for two classes");
  }
}
