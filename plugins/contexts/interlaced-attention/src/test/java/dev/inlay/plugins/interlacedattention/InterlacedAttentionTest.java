package dev.inlay.plugins.interlacedattention;

import dev.inlay.fixtures.GoldenComparison;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterlacedAttentionTest implements TechniqueContract<InterlacedAttention.Options> {

  @Override
  public InterlacedAttention technique() {
    return new InterlacedAttention();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "channels=8",
        "channels=8, keyChannels=3, valueChannels=5, valueBias=false, contextFirst=false",
        "channels=8, blocks=[3, 5]",
        "channels=8, blocks=[4, 4, 2, 3]");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=-1",
        "keyChannels=-1",
        "valueChannels=-1",
        "blocks=[0, 8]",
        "blocks=[8]",
        "blocks=[8, 8, 4]");
  }

  /** On smaller maps of the last stride, one block holds all pixels: keys have no gradient. */
  @Override
  public List<int[]> imageSizes() {
    return List.of(new int[] {272, 304}, new int[] {307, 275});
  }

  @Test
  void isMmsegmentationsReading() {
    GoldenFile.resource("isahead")
        .with("interlaced-attention(channels=16, blocks=[4, 8]) | given-classifier")
        .matches();
  }

  @Test
  void isTheAuthorsPairOfAttentions() {
    InterlacedAttention.Options options = authors(24, 12, 16, List.of(8, 8));
    renamed(
            GoldenFile.resource("isa_block")
                .with(
                    (maps, scope) ->
                        List.of(
                            InterlacedAttention.interlaced(options, 8, 8, maps.get(0), 24, scope))),
            "",
            "")
        .matches();
  }

  @Test
  void isTheAuthorsModule() {
    InterlacedAttention.Options options = authors(24, 12, 16, List.of(8, 8));
    renamed(
            GoldenFile.resource("isa_module")
                .with(
                    (maps, scope) ->
                        List.of(
                            InterlacedAttention.context(
                                options, options.blocks(), maps.get(0), 24, scope))),
            "stages.0.",
            "")
        .renaming("conv_bn.0.", "out_conv.conv.")
        .renaming("conv_bn.1.0.", "out_conv.bn.")
        .matches();
  }

  /**
   * The values were computed apart from any framework, by loops over the pixels of each group, for
   * two images of odd size.
   */
  @Test
  void attendsOnBlocksOfSeveralSizes() {
    InterlacedAttention.Options options = authors(10, 5, 6, List.of(3, 4, 2, 5));
    GoldenComparison comparison =
        GoldenFile.resource("isa_two")
            .with(
                (maps, scope) ->
                    List.of(
                        InterlacedAttention.context(
                            options, options.blocks(), maps.get(0), 10, scope)));
    renamed(comparison, "stages.0.", "");
    renamed(comparison, "stages.1.", "scales.1.");
    comparison
        .renaming("up_conv.0.", "up_conv.conv.")
        .renaming("up_conv.1.0.", "up_conv.bn.")
        .renaming("conv_bn.0.", "out_conv.conv.")
        .renaming("conv_bn.1.0.", "out_conv.bn.")
        .matches();
  }

  private static InterlacedAttention.Options authors(
      int channels, int keys, int values, List<Integer> blocks) {
    return new InterlacedAttention.Options(channels, keys, values, blocks, false, false);
  }

  /** The authors' names of the layers. */
  private static GoldenComparison renamed(
      GoldenComparison comparison, String theirPrefix, String ourPrefix) {
    for (String range : List.of("long", "short")) {
      String theirs = theirPrefix + range + "_range_sa.";
      String ours = ourPrefix + (range.equals("long") ? "global_relation." : "local_relation.");
      comparison.renaming(theirs + "f_value.", ours + "value_project.");
      comparison.renaming(theirs + "W.0.", ours + "output_project.conv.");
      comparison.renaming(theirs + "W.1.0.", ours + "output_project.bn.");
      for (String name : List.of("query", "key")) {
        String projection = ours + name + "_project.";
        comparison.renaming(theirs + "f_" + name + ".0.", projection + "0.conv.");
        comparison.renaming(theirs + "f_" + name + ".1.0.", projection + "0.bn.");
        comparison.renaming(theirs + "f_" + name + ".2.", projection + "1.conv.");
        comparison.renaming(theirs + "f_" + name + ".3.0.", projection + "1.bn.");
      }
    }
    return comparison;
  }
}
