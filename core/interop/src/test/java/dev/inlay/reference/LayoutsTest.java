package dev.inlay.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.assemble.Assembly;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What projects call the parameters of networks. */
final class LayoutsTest {

  private static Map<String, String> names(String project, String spec) {
    Assembly assembly = SampleParts.assembly(spec, 5);
    return Layouts.of(assembly, SampleParts.TECHNIQUES).stream()
        .filter(each -> each.names().equals(project))
        .findFirst()
        .orElseThrow()
        .byParameter();
  }

  @Test
  void everyParameterHasANameInEveryProject() {
    Assembly assembly = SampleParts.assembly("trunk | lift | side | side | pool | last", 5);
    for (KeyMap each : Layouts.of(assembly, SampleParts.TECHNIQUES)) {
      assertThat(each.byParameter().keySet())
          .as(each.names())
          .containsExactlyElementsOf(assembly.graph().parameters().keySet());
      assertThat(each.byParameter().values()).as(each.names()).doesNotHaveDuplicates();
    }
  }

  @Test
  void mmsegmentationHasNeckHeadAndAuxiliaryHead() {
    assertThat(names("mmsegmentation", "trunk | lift | side | pool | last"))
        .containsEntry("trunk.layer1.0.bn.running_var", "backbone.layer1.0.bn.running_var")
        .containsEntry("lift.convs.1.weight", "neck.ups.1.weight")
        .containsEntry("side.convs.0.bias", "auxiliary_head.convs.0.bias")
        .containsEntry("pool.bottleneck.conv.weight", "decode_head.bottleneck.conv.weight")
        .containsEntry("last.conv_seg.weight", "decode_head.conv_seg.weight");
  }

  @Test
  void severalAuxiliaryHeadsAreNumbered() {
    assertThat(names("mmsegmentation", "trunk | side(map=-1) | side | last"))
        .containsEntry("side.conv_seg.bias", "auxiliary_head.0.conv_seg.bias")
        .containsEntry("side-2.conv_seg.bias", "auxiliary_head.1.conv_seg.bias")
        .containsEntry("last.conv_seg.bias", "decode_head.conv_seg.bias");
  }

  @Test
  void aCascadeHasTwoHeadsInOne() {
    assertThat(names("mmsegmentation", "trunk | regions | last"))
        .containsEntry("regions.coarse.conv_seg.bias", "decode_head.0.conv_seg.bias")
        .containsEntry("regions.reduce.weight", "decode_head.1.reduce.weight")
        .containsEntry("last.conv_seg.weight", "decode_head.1.conv_seg.weight");
  }

  @Test
  void torchvisionNumbersLayers() {
    assertThat(names("torchvision", "trunk | side | last"))
        .containsEntry("trunk.stem.conv.weight", "backbone.stem.conv.weight")
        .containsEntry("side.convs.0.bias", "aux_classifier.0.bias")
        .containsEntry("side.conv_seg.bias", "aux_classifier.4.bias")
        .containsEntry("last.conv_seg.bias", "classifier.4.bias");
  }

  @Test
  void aBackboneAloneHasNoPrefix() {
    assertThat(names("a backbone alone", "trunk | last"))
        .containsEntry("trunk.stem.conv.weight", "stem.conv.weight");
  }

  @Test
  void stagesThatAProjectDoesNotHaveKeepTheirNames() {
    // No head of torchvision begins so, and mmsegmentation has no head with two of them.
    assertThat(names("torchvision", "trunk | pool | last"))
        .containsEntry("pool.bottleneck.bn.bias", "pool.bottleneck.bn.bias")
        .containsEntry("last.conv_seg.bias", "classifier.4.bias");
    assertThat(names("mmsegmentation", "trunk | pool | pool | last"))
        .containsEntry("pool.bottleneck.bn.bias", "pool.bottleneck.bn.bias")
        .containsEntry("pool-2.bottleneck.bn.bias", "decode_head.bottleneck.bn.bias");
    assertThat(names("Inlay", "trunk | last"))
        .allSatisfy((ours, theirs) -> assertThat(theirs).isEqualTo(ours));
  }
}
