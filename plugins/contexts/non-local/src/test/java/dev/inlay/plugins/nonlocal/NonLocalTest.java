package dev.inlay.plugins.nonlocal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.fixtures.ClassPathTechniques;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.plugins.nonlocal.NonLocal.Mode;
import dev.inlay.spec.NetworkSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NonLocalTest implements TechniqueContract<NonLocal.Options> {

  @Override
  public NonLocal technique() {
    return new NonLocal();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "",
        "channels=8, mode=gaussian, subSample=true, concat=false",
        "channels=6, mode=dot-product, reduction=4",
        "channels=8, mode=dot-product, subSample=true, norm=false",
        "channels=8, mode=concatenation, kernel=1",
        "channels=8, mode=concatenation, subSample=true, dilation=2",
        "channels=6, scale=false, subSample=true, reduction=7");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of(
        "mode=gaussian, scale=false", "mode=gaussian",
        "kernel=1, dilation=2", "kernel=1");
  }

  @Override
  public List<String> refused() {
    return List.of("channels=-1", "reduction=0", "kernel=2", "dilation=0", "mode=cosine");
  }

  /** Several keys are left of every map; the softmax over one key has no gradient. */
  @Override
  public List<int[]> imageSizes() {
    return List.of(new int[] {128, 160}, new int[] {163, 131});
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("nlhead").with("non-local(channels=16) | given-classifier").matches();
  }

  @Test
  void isTheReferenceWithoutQueriesAndKeys() {
    GoldenFile.resource("nlhead_modes")
        .with("non-local(channels=8, mode=gaussian) | given-classifier")
        .matches();
  }

  /** The values are those of the paper's sum over pairs of pixels, written out one by one. */
  @ParameterizedTest
  @CsvSource({
    "nonlocal_gaussian_sampled, GAUSSIAN, 2, true, true, true",
    "nonlocal_embedded_sampled, EMBEDDED_GAUSSIAN, 3, false, true, true",
    "nonlocal_dot_product, DOT_PRODUCT, 2, true, false, true",
    "nonlocal_dot_product_sampled, DOT_PRODUCT, 1, true, true, false",
    "nonlocal_concatenation, CONCATENATION, 2, true, false, false",
    "nonlocal_concatenation_sampled, CONCATENATION, 2, true, true, true"
  })
  void isTheSumOverAllPairs(
      String file, Mode mode, int reduction, boolean scale, boolean subSample, boolean norm) {
    NonLocal.Options options =
        new NonLocal.Options(0, mode, reduction, scale, subSample, norm, true, 3, 1);
    GoldenFile.resource(file)
        .with((given, scope) -> List.of(NonLocal.block(options, given.get(0), scope)))
        .renaming("g.0.", "g.")
        .renaming("phi.0.", "phi.")
        .matches();
  }

  /** A map of one row has no 2x2 pixels. */
  @Test
  void refusesACropThatLeavesNoKeys() {
    String spec = "given(channels=[8], strides=[8]) | non-local(subSample=true) | given-classifier";
    Assembly network = Assembly.of(NetworkSpec.parse(spec, ClassPathTechniques.all()), 3);
    network.requireCrop(9, 16);
    assertThatThrownBy(() -> network.requireCrop(16, 8))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "'non-local' with subSample needs a map of 2 rows and columns or more, but a crop of 16x8"
                + " gives a map of 2x1. Take a larger crop, a backbone of a smaller stride or"
                + " subSample=false.");
  }
}
