package dev.inlay.plugins.encoding;

import dev.inlay.Features;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EncodingTest implements TechniqueContract<Encoding.Options> {

  @Override
  public Encoding technique() {
    return new Encoding();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "codes=4",
        "codes=3, channels=6, laterals=2, weight=1, alignCorners=true",
        "codes=4, kernel=1, presence=false");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of(
        "presence=false, weight=0.5", "presence=false",
        "alignCorners=true", "");
  }

  @Override
  public List<String> refused() {
    return List.of("channels=-1", "codes=0", "kernel=2", "laterals=-1", "weight=-0.1");
  }

  @Test
  void isTheReferencesLayer() {
    GoldenFile.resource("encnet_encoding")
        .with((inputs, scope) -> List.of(Encoding.encode(inputs.get(0), 8, scope)))
        .matches();
  }

  @Test
  void isTheAuthorsModule() {
    GoldenFile.resource("encnet_module")
        .with((inputs, scope) -> module(inputs.get(0), scope))
        .renaming("encoding.0.", "encoding_project.conv.")
        .renaming("encoding.1.", "encoding_project.bn.")
        .renaming("encoding.3.", "encoding.0.")
        .renaming("encoding.4.", "encoding.1.")
        .renaming("selayer.", "se_layer.")
        .matches();
  }

  private static List<Tensor> module(Tensor x, Scope scope) {
    Tensor semantics = Encoding.semantics(x, 8, scope);
    return List.of(Encoding.weigh(x, semantics, scope), Encoding.presence(semantics, 6, scope));
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("enchead")
        .with((inputs, scope) -> head(5, 16, 0, inputs, scope))
        .without("grad.input.0") // a map that is not read
        .matches();
  }

  /** The authors' head takes the coarsest map first. */
  @Test
  void isTheAuthorsHeadWithEarlierMaps() {
    GoldenFile.resource("encnet_head")
        .with(
            (inputs, scope) ->
                head(6, 8, 2, List.of(inputs.get(1), inputs.get(2), inputs.get(0)), scope))
        .renaming("conv5.0.", "bottleneck.conv.")
        .renaming("conv5.1.", "bottleneck.bn.")
        .renaming("conv6.1.", "conv_seg.")
        .renaming("connect.0.0.", "lateral_convs.0.conv.")
        .renaming("connect.0.1.", "lateral_convs.0.bn.")
        .renaming("connect.1.0.", "lateral_convs.1.conv.")
        .renaming("connect.1.1.", "lateral_convs.1.bn.")
        .renaming("fusion.0.", "fusion.conv.")
        .renaming("fusion.1.", "fusion.bn.")
        .renaming("encmodule.encoding.0.", "enc_module.encoding_project.conv.")
        .renaming("encmodule.encoding.1.", "enc_module.encoding_project.bn.")
        .renaming("encmodule.encoding.3.", "enc_module.encoding.0.")
        .renaming("encmodule.encoding.4.", "enc_module.encoding.1.")
        .renaming("encmodule.fc.", "enc_module.fc.")
        .renaming("encmodule.selayer.", "se_layer.")
        .matches();
  }

  /** Logits and presence logits, with 16 channels. */
  private static List<Tensor> head(
      int classes, int codes, int laterals, List<Tensor> maps, Scope scope) {
    Encoding.Options options = new Encoding.Options(16, 3, codes, laterals, true, 0.2, false);
    List<Integer> strides = Collections.nCopies(maps.size(), 8);
    Features input = new Features(maps.get(0), classes, maps, strides, Map.of());
    Features output = new Encoding().build(options, input, scope);
    return List.of(
        scope.classify("conv_seg", output.last(), classes, 0.1),
        output.sides().get("presence").output());
  }
}
