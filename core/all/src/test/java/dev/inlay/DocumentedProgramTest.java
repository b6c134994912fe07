package dev.inlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.assemble.Assembly;
import dev.inlay.guard.Core;
import dev.inlay.image.RgbImage;
import dev.inlay.plugin.Plugins;
import dev.inlay.plugin.Registry;
import dev.inlay.predict.SegmentationModel;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.torch.Network;
import dev.inlay.weights.ModelInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in docs/embedding.md is whole, and one dependency is enough for it. */
final class DocumentedProgramTest {

  private static final String SPEC = "resnet18(width=8, stride=16) | ppm(channels=8) | fcn";

  @TempDir private Path folder;

  private static String block(String language, String begin) throws IOException {
    String document = Files.readString(Path.of("..", "..", "docs", "embedding.md"));
    Matcher block =
        Pattern.compile("```" + language + "\n(" + Pattern.quote(begin) + ".*?)```", Pattern.DOTALL)
            .matcher(document);
    assertThat(block.find()).as("a block that begins with '%s'", begin).isTrue();
    return block.group(1);
  }

  private Path model() {
    Plugins plugins =
        Plugins.load(List.of(), DocumentedProgramTest.class.getClassLoader(), Core.VERSION);
    Techniques techniques = Registry.of(plugins, List.of()).techniques();
    Path file = folder.resolve("model.safetensors");
    ModelInfo info =
        new ModelInfo(
            SPEC,
            List.of("road", "car"),
            List.of("#804080", "#400080"),
            255,
            List.of(0.5, 0.5, 0.5),
            List.of(0.25, 0.25, 0.25),
            Map.of());
    try (Network network =
        Network.fresh(Assembly.of(NetworkSpec.parse(SPEC, techniques), 2), "cpu", 1)) {
      network.save(file, info);
    }
    return file;
  }

  private RgbImage photo(Path file) {
    byte[] rgb = new byte[3 * 64 * 48];
    new Random(5).nextBytes(rgb);
    RgbImage image = new RgbImage(64, 48, rgb);
    image.write(file);
    return image;
  }

  @Test
  void theProgramPredicts() throws Exception {
    Path source = folder.resolve("Segment.java");
    Files.writeString(source, block("java", "import dev.inlay.image.ImageFile;"));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                messages,
                messages,
                "-proc:none",
                "-classpath",
                classPath,
                "-d",
                folder.toString(),
                source.toString());
    assertThat(failed).as(messages.toString(StandardCharsets.UTF_8)).isZero();

    Path model = model();
    Path photo = folder.resolve("photo.png");
    RgbImage image = photo(photo);
    String printed;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      printed = printed(loader.loadClass("Segment"), model.toString(), photo.toString());
    }
    try (SegmentationModel opened = SegmentationModel.open(model)) {
      int id = opened.predict(image).id(32, 24);
      float certain = opened.probabilities(image).of(id, 32, 24);
      assertThat(printed)
          .isEqualTo("%s, %.2f%n".formatted(opened.classes().classes().get(id).name(), certain));
      assertThat(certain).isBetween(0.5f, 1f);
    }
  }

  private static String printed(Class<?> program, String... arguments) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      program.getMethod("main", String[].class).invoke(null, (Object) arguments);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theDependencyIsThisVersion() throws IOException {
    assertThat(block("xml", "<dependency>\n  <groupId>dev.inlay</groupId>\n  <artifactId>inlay<"))
        .contains("<version>" + Core.VERSION + "</version>");
  }
}
