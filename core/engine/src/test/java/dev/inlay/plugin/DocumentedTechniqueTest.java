package dev.inlay.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Technique;
import dev.inlay.assemble.Assembly;
import dev.inlay.spec.Metadata;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.OptionDescription;
import dev.inlay.spec.Paper;
import dev.inlay.spec.Techniques;
import dev.inlay.spec.TechniquesBuilder;
import dev.inlay.standard.GivenClassifier;
import dev.inlay.standard.GivenMaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The technique and the file in docs/write-a-technique.md are complete and work as a plugin. */
final class DocumentedTechniqueTest {

  private static final String CLASS = "org.example.squeezeexcite.SqueezeExcite";

  @TempDir private Path folder;

  /** The code block of the document with this beginning. */
  private static String block(String language, String begin) throws IOException {
    String document = Files.readString(Path.of("..", "..", "docs", "write-a-technique.md"));
    Matcher block =
        Pattern.compile("```" + language + "\n(" + Pattern.quote(begin) + ".*?)```", Pattern.DOTALL)
            .matcher(document);
    assertThat(block.find()).as("a block that begins with '%s'", begin).isTrue();
    return block.group(1);
  }

  @Test
  void theTechniqueIsAPlugin() throws IOException {
    JarMaker.plugin("squeeze-excite")
        .source(CLASS, block("java", "package org.example.squeezeexcite;"))
        .service(CLASS)
        .entry(
            "org/example/squeezeexcite/squeeze-excite.yaml",
            block("yaml", "example: resnet18 | squeeze-excite"))
        .write(folder.resolve("se.jar"));
    try (Plugins plugins = PluginBench.load(folder)) {
      assertThat(PluginBench.messages(plugins)).isEmpty();
      Technique<?> technique = plugins.techniques().get(0).technique();
      Metadata metadata = Metadata.of(technique);

      assertThat(metadata.summary()).isEqualTo("Scales channels by weights from their means.");
      assertThat(metadata.paper())
          .map(Paper::toString)
          .contains(
              "Hu et al., Squeeze-and-Excitation Networks, CVPR 2018,"
                  + " https://arxiv.org/abs/1709.01507");
      assertThat(metadata.presets()).containsOnlyKeys("squeeze-excite_r18");
      assertThat(OptionDescription.all(technique))
          .containsExactly(
              new OptionDescription(
                  "reduction",
                  "whole number",
                  "16",
                  "the factor by which the hidden layer has fewer channels"));
      Assembly network =
          Assembly.of(
              NetworkSpec.parse(
                  "given | squeeze-excite(reduction=4) | given-classifier", techniques(technique)),
              5);
      assertThat(network.graph().parameters().get("squeeze-excite.fc1.weight").shape())
          .containsExactly(8L, 32L, 1L, 1L);
    }
  }

  private static Techniques techniques(Technique<?> technique) {
    TechniquesBuilder techniques = new TechniquesBuilder();
    for (Technique<?> each : List.of(technique, new GivenMaps(), new GivenClassifier())) {
      assertThat(techniques.offer(new Techniques.Entry(each, "test"))).isEmpty();
    }
    return techniques.build("");
  }
}
