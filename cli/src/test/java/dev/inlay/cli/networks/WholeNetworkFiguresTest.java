package dev.inlay.cli.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Technique;
import dev.inlay.assemble.Assembly;
import dev.inlay.fixtures.ClassPathTechniques;
import dev.inlay.fixtures.NetworkFigures;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Figures of whole networks that no table of mmsegmentation has: those of torchvision's, and as
 * many parameters as the layers of the authors' code add up to. {@code PresetFiguresTest} has the
 * others.
 */
final class WholeNetworkFiguresTest {

  private static final Techniques TECHNIQUES = ClassPathTechniques.all();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          resnet50(stem=plain) | auxiliary | aspp(rates=[12, 24, 36], poolFirst=false, kernel=1) | fcn(convs=1, channels=256); 21; 42_004_074; 39_638_869
          resnet50(stem=plain) | auxiliary | fcn(convs=1); 21; 35_322_218; 32_957_013
          deeplabv2_r101-d8; 21; 44_048_532; 44_048_532
          deeplabv2_r50-d8;  19; 24_908_940; 24_908_940
          dgcnet_r50-d8;     19; 53_409_414; 48_680_051
          gald_r50-d8;       19; 52_297_606; 47_568_243
          isnet_r50-d8;      19; 48_996_761; 44_267_398
          """)
  void hasAsManyParametersAsItsLayersAddUpTo(
      String spec, int classes, String training, String inference) {
    NetworkFigures.of(spec, classes).haveParameters(count(training), count(inference));
  }

  private static long count(String digits) {
    return Long.parseLong(digits.replace("_", ""));
  }

  /** Then inference needs nothing of the image's level. */
  @Test
  void isnetJoinsNothingWithoutConcat() {
    long joins = 2 * (2 * 512 * 512 * 9 + 2 * 512);
    long ofImage = 921_088;
    NetworkFigures.of("resnet50(stride=8) | isnet(concat=false) | fcn", 19)
        .haveParameters(44_267_398 - joins, 44_267_398 - joins - ofImage);
  }

  /** The backbone's 23,527,264; 48*1280, 256*2096*9, 256*256*9, 256*64 and 704*64 with the rest. */
  @Test
  void dupsamplingHasTheParametersThatItsPaperDescribes() {
    int backbone = 23_527_264;
    int fusion = 48 * (256 + 1024) + 2 * 48 + 256 * 2096 * 9 + 2 * 256;
    int prediction = 256 * 256 * 9 + 2 * 256 + 64 * 256 + 64;
    int blocks = 64 * 11 * 64 + 1;
    int auxiliary = 256 * 1024 * 9 + 2 * 256 + 11 * 256 + 11;
    int inference = backbone + fusion + prediction + blocks;
    NetworkFigures.of("dupsampling_r50-d8", 11).haveParameters(inference + auxiliary, inference);
  }

  @Test
  void everyPresetOfDupsamplingDecodesAsManyPixelsAsTheImageHas() {
    Stream<String> presets =
        TECHNIQUES.presets().keySet().stream().filter(name -> name.startsWith("dupsampling_"));
    assertThat(presets)
        .hasSize(9)
        .allSatisfy(
            name -> {
              Assembly network = Assembly.of(NetworkSpec.parse(name, TECHNIQUES), 5);
              assertThat(network.logits().height().value(Map.of("H", 256L))).isEqualTo(256);
              int stride = Integer.parseInt(name.substring(name.lastIndexOf('d') + 1));
              assertThatThrownBy(() -> network.requireCrop(256, 256 + stride / 2))
                  .hasMessageContaining("its ratio " + stride + " does not divide the crop");
            });
  }

  static Stream<Techniques.Named> presets() {
    return TECHNIQUES.presets().values().stream();
  }

  /** A technique's own tests read only its own stages of a preset. */
  @ParameterizedTest
  @MethodSource("presets")
  void everyPresetIsAWholeNetworkWithTheTechniqueThatBroughtIt(Techniques.Named preset) {
    NetworkSpec spec = NetworkSpec.parse(preset.name(), TECHNIQUES);
    assertThat(spec.stages())
        .<Technique<?>>extracting(NetworkSpec.Stage::technique)
        .contains(preset.entry().technique());
    assertThat(Assembly.of(spec, 19).logits().channels()).isEqualTo(19);
  }
}
