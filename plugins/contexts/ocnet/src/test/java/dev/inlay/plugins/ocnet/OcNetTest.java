package dev.inlay.plugins.ocnet;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.fixtures.ClassPathTechniques;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.spec.NetworkSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class OcNetTest implements TechniqueContract<OcNet.Options> {

  @Override
  public OcNet technique() {
    return new OcNet();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "channels=8",
        "channels=8, sizes=[1, 2], keyChannels=3, valueChannels=5, slope=0, alignCorners=false",
        "channels=8, form=pyramid, sizes=[1, 3]",
        "channels=8, form=asp, rates=[2, 3], branchChannels=5");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of(
        "sizes=[1]", "",
        "form=pyramid, sizes=[1, 2, 3, 6], rates=[2], alignCorners=false", "form=pyramid",
        "branchChannels=3", "");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=-1",
        "form=psp",
        "keyChannels=-1",
        "valueChannels=-1",
        "sizes=[0]",
        "rates=[]",
        "rates=[0]",
        "branchChannels=-1",
        "slope=-0.1");
  }

  /** A map of one pixel after pooling has nothing to compare: its keys have no gradient. */
  @Override
  public List<int[]> imageSizes() {
    return List.of(new int[] {272, 304}, new int[] {307, 275});
  }

  @Test
  void isTheReferenceInItsBaseForm() {
    matches("ocnet_base", "module", options(32, Form.BASE, 16, 16, List.of(1), 0), "");
  }

  @Test
  void isTheReferenceOnAPooledMapWithoutTheMapItself() {
    matches("ocnet_base_context", "context", options(32, Form.BASE, 16, 16, List.of(2), 0), "");
  }

  @Test
  void isTheReferenceInsideThePartsOfAPyramid() {
    matches("ocnet_pyramid", "module", options(24, Form.PYRAMID, 0, 0, List.of(1, 2, 3), 0), "");
  }

  @Test
  void isTheReferenceBesideDilatedConvolutions() {
    matches("ocnet_asp", "module", options(24, Form.ASP, 0, 0, List.of(2), 12), "context.2.");
  }

  @Test
  void refusesACropWithFewerRowsThanParts() {
    String spec =
        "given(channels=[8, 16], strides=[4, 8]) | ocnet(form=pyramid) | given-classifier";
    Assembly network = Assembly.of(NetworkSpec.parse(spec, ClassPathTechniques.all()), 3);
    network.requireCrop(48, 64);
    assertThatThrownBy(() -> network.requireCrop(40, 64))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "'ocnet' with sizes=[1, 2, 3, 6] needs a map of 6 rows and columns or more, but a crop"
                + " of 40x64 gives a map of 5x8. Take a larger crop, a backbone of a smaller"
                + " stride or smaller sizes.");
  }

  private static OcNet.Options options(
      int channels, Form form, int keys, int values, List<Integer> sizes, int branch) {
    List<Integer> rates = List.of(2, 4, 6);
    return new OcNet.Options(channels, form, keys, values, sizes, rates, branch, 0.01, true);
  }

  /** The reference stores the one projection of queries and keys under both names. */
  private void matches(String file, String part, OcNet.Options options, String prefix) {
    var comparison =
        GoldenFile.resource(file)
            .with(
                (maps, scope) -> {
                  Features input = new Features(maps.get(0), 5, maps, List.of(8), Map.of());
                  return Objects.requireNonNull(technique().parts().get(part))
                      .build(options, input, scope);
                });
    for (int i = 0; i < options.scales().size(); i++) {
      String stage = prefix + "stages." + i;
      comparison.renaming(stage + ".f_key.", stage + ".f_key.");
      comparison.renaming(stage + ".f_query.", stage + ".f_key.");
    }
    comparison.matches();
  }
}
