package dev.inlay.plugins.disentanglednonlocal;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.plugins.disentanglednonlocal.DisentangledNonLocal.Mode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DisentangledNonLocalTest implements TechniqueContract<DisentangledNonLocal.Options> {

  @Override
  public DisentangledNonLocal technique() {
    return new DisentangledNonLocal();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "",
        "channels=8, mode=gaussian, concat=false",
        "channels=6, mode=dot-product, reduction=4",
        "channels=8, mode=concatenation, kernel=1",
        "channels=6, scale=false, temperature=0.5, reduction=7, dilation=2");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of(
        "mode=gaussian, scale=false, temperature=1", "mode=gaussian",
        "kernel=1, dilation=2", "kernel=1");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=-1", "reduction=0", "temperature=0", "kernel=2", "dilation=0", "mode=cosine");
  }

  /** Several pixels are left of every map; whitening makes a single pixel 0. */
  @Override
  public List<int[]> imageSizes() {
    return List.of(new int[] {128, 160}, new int[] {163, 131});
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("dnlhead")
        .with("disentangled-non-local(channels=16) | given-classifier")
        .matches();
  }

  /** The values are those of sums over pairs of pixels, written out one by one. */
  @ParameterizedTest
  @CsvSource({
    "dnl_gaussian, GAUSSIAN, 2, true, 0.05",
    "dnl_embedded_gaussian, EMBEDDED_GAUSSIAN, 3, false, 0.3",
    "dnl_dot_product, DOT_PRODUCT, 2, true, 0.05",
    "dnl_concatenation, CONCATENATION, 2, true, 0.05"
  })
  void isTheSumOverAllPairs(
      String file, Mode mode, int reduction, boolean scale, double temperature) {
    DisentangledNonLocal.Options options =
        new DisentangledNonLocal.Options(0, mode, reduction, scale, temperature, true, 3, 1);
    GoldenFile.resource(file)
        .with((given, scope) -> List.of(DisentangledNonLocal.block(options, given.get(0), scope)))
        .matches();
  }
}
