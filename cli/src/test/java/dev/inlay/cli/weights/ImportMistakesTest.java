package dev.inlay.cli.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.Run;
import dev.inlay.cli.StateFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code inlay import} refuses: one message that names the way out, exit code 2, and a file
 * that stood at --out as it was.
 */
final class ImportMistakesTest {

  private static final String SPEC = "resnet18(width=4) | ppm(channels=4) | fcn";
  private static final String BEFORE = "what was here before";

  @TempDir private Path folder;
  private Path out;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    out = Files.writeString(folder.resolve("out.safetensors"), BEFORE);
    file = StateFile.of(SPEC, 6, "mmsegmentation").savePyTorch(folder.resolve("their.pth"));
  }

  /** The message, in which THEIRS and OUT stand for the files. */
  private String refused(Object... arguments) throws IOException {
    List<String> files = listed();
    List<String> all = new ArrayList<>(List.of("import"));
    Stream.of(arguments).map(String::valueOf).forEach(all::add);
    if (!all.contains("--out")) {
      all.addAll(List.of("--out", out.toString()));
    }
    Run run = Run.inlay(all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("inlay: ")
        .containsOnlyOnce("inlay: ")
        .doesNotContain("\tat ", "Exception", "fault");
    assertThat(out).hasContent(BEFORE);
    assertThat(listed()).isEqualTo(files);
    return run.err()
        .strip()
        .substring("inlay: ".length())
        .replace(file.toString(), "THEIRS")
        .replace(out.toString(), "OUT")
        .replace(folder + "/", "");
  }

  private List<String> listed() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(Path::toString).sorted().toList();
    }
  }

  private Path text(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
  }

  @Test
  void someoneMustNameTheNetworkAndOnlyOne() throws IOException {
    assertThat(refused(file))
        .isEqualTo(
            "THEIRS does not name its network. Give a spec or preset with --network, or a configuration as JSON with --config: mmsegmentation's, a model with a backbone"
                + " and a decode_head, as cfg.dump('model.json') writes it.");
    assertThat(refused(file, "--network", SPEC, "--config", "model.json"))
        .isEqualTo("--network and --config both say which network it is; give one.");
  }

  @Test
  void filesMustBeThere() throws IOException {
    assertThat(refused(folder.resolve("no.pth"), "--network", SPEC))
        .isEqualTo(
            "no.pth does not exist. Give the path of a model, a PyTorch checkpoint or another safetensors file.");
    assertThat(refused(folder.resolve("no.pth"), "--plugins", folder.resolve("none")))
        .startsWith("no.pth does not exist.")
        .doesNotContain("plugin");
    assertThat(refused(file, "--plugins", folder.resolve("none")))
        .contains("The plugin folder none does not exist");
    assertThat(refused(folder, "--network", SPEC)).contains("is a folder");
    assertThat(refused(file, "--config", folder.resolve("no.json")))
        .isEqualTo(
            "The file no.json cannot be read: it does not exist. Check the path and the permissions.");
    assertThat(refused(file, "--network", SPEC, "--map", folder))
        .contains("is a folder. Name a regular file.");
    assertThat(refused(file, "--network", SPEC, "--data", folder)).contains("dataset.yaml");
  }

  @Test
  void theResultNeedsAPlaceOfItsOwn() throws IOException {
    assertThat(refused(file, "--network", SPEC, "--out", file))
        .isEqualTo("THEIRS is the file that is read; give --out another name.");
    Path link = Files.createSymbolicLink(folder.resolve("link.pth"), file);
    assertThat(refused(file, "--network", SPEC, "--out", link))
        .isEqualTo("link.pth is the file that is read; give --out another name.");
    assertThat(refused(file, "--network", SPEC, "--out", folder))
        .contains("is a folder, so no file");
    assertThat(refused(file, "--network", SPEC, "--out", folder.resolve("no").resolve("m")))
        .isEqualTo(
            "no/m cannot be saved: no is no folder. Create it, or save elsewhere."
                .replace("cannot be saved: no", "cannot be saved: " + folder.resolve("no"))
                .replace(folder + "/", ""));
    assertThat(file).isRegularFile();
  }

  @Test
  void anotherNetworkIsNamedWithWhatDiffers() throws IOException {
    assertThat(refused(file, "--network", "resnet50(width=4) | fcn"))
        .startsWith("THEIRS does not fit \"resnet50(width=4) | fcn\" (")
        .contains("the file lacks resnet.layer1.0.conv3.weight (16, 4, 1, 1), ")
        .contains(
            " in all); of another shape or type are resnet.layer1.0.conv1.weight, F32 (4, 4, 3, 3) in the file and (4, 4, 1, 1) in the network, ")
        .endsWith("Give the file's network, or rename tensors with --map.");
    assertThat(refused(file, "--network", "resnet18(width=4) | ppm(channels=8) | fcn"))
        .endsWith(
            "The backbone fits: import it alone with --backbone-only, or give the file's network.");
    assertThat(refused(file, "--network", "resnet18(width=5) | fcn", "--backbone-only"))
        .contains("of another shape or type are resnet.stem");
  }

  @Test
  void classesMustAgree() throws IOException {
    assertThat(refused(file, "--network", SPEC, "--classes", "7"))
        .isEqualTo(
            "THEIRS has 6 classes, but 7 were requested. Begin with fresh classifiers with --reset classifier.");
    String names = "; give a number, or a name of its own for each class, with commas between.";
    assertThat(refused(file, "--network", SPEC, "--classes", "a,,b"))
        .isEqualTo("--classes is 'a,,b'" + names);
    assertThat(refused(file, "--network", SPEC, "--classes", "a, a"))
        .isEqualTo("--classes is 'a, a'" + names);
    for (String number : List.of("0", "256", "-3")) {
      assertThat(refused(file, "--network", SPEC, "--reset", "classifier", "--classes", number))
          .isEqualTo(
              "The network has %s classes; it must have 1 to 255, because a label map has one byte for each pixel."
                  .formatted(number));
    }
    assertThat(refused(file, "--network", SPEC, "--classes", "6", "--data", "x"))
        .isEqualTo("--classes and --data both say which classes there are; give one.");
    assertThat(refused(file, "--network", SPEC, "--reset", "classifer"))
        .startsWith("'classifer' can't be reset: it is neither 'classifier' nor a stage of");
  }

  @Test
  void unknownNamesAndRulesAreShown() throws IOException {
    Path other = new StateFile().put("enc.w", 3L).put("dec.w", 3L).savePyTorch(folder.resolve("o"));
    assertThat(refused(other, "--network", SPEC))
        .startsWith(
            "o has no parameter of \"resnet18(width=4) | ppm(channels=4) | fcn\" under a known name")
        .contains("Its names look like enc.w, dec.w.");
    assertThat(refused(file, "--network", SPEC, "--map", text("rules", "a = b")))
        .startsWith("rules: Line 1 of the rules is 'a = b'; a rule is OLD -> NEW");
    assertThat(refused(file, "--network", SPEC, "--map", text("rules", "enc.* -> backbone.*")))
        .startsWith("Line 1 of the rules matches no name that the lines before it leave.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {}; no network in a known form. Give mmsegmentation's, a model with a backbone and
          [1]; model.json: The configuration is JSON, but not an object with a model.
          hello; model.json: Line 1 of the configuration has
          {"model": {"backbone": 1, "decode_head": {}}}; The configuration's backbone is 1; it must be
          {"model":; model.json: The configuration is not JSON: End of input at line 1 column
          """)
  void aConfigurationThatIsNoneIsRefused(String config, String part) throws IOException {
    assertThat(refused(file, "--config", text("model.json", config))).contains(part.strip());
  }

  @Test
  void aConfigurationOfAnotherWorldIsRefused() throws IOException {
    String model =
        "{'backbone': {'type': 'ResNet', 'depth': 18}, 'decode_head': {'type': '%s', 'num_convs': %s,"
            + " 'num_classes': 3, 'channels': 8, 'norm_cfg': {'type': 'BN'}}}";
    assertThat(refused(file, "--config", text("c.json", model.formatted("SegmenterHead", 1))))
        .startsWith(
            "The given configuration describes no network that Inlay can build. Give the network with --network, or another configuration with --config. No technique corresponds to the reference 'SegmenterHead'");
    assertThat(refused(file, "--config", text("c.json", model.formatted("FCNHead", "2000000000"))))
        .contains("the network would have more than 50000 operations");
    Path own =
        StateFile.of(SPEC, 6, "mmsegmentation")
            .meta(
                "cfg", "model = dict(backbone=dict(type='Swin'), decode_head=dict(num_classes=6))")
            .savePyTorch(folder.resolve("own.pth"));
    assertThat(refused(own))
        .startsWith(
            "own.pth's own configuration describes no network that Inlay can build. Give the network with --network, or a configuration with --config. No technique corresponds to the reference 'Swin'");
  }

  /** A zip as torch.save writes it, with any pickle. */
  private Path hostile(String pickle) throws IOException {
    byte[] bytes = pickle.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(whole)) {
      ZipEntry entry = new ZipEntry("archive/data.pkl");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      entry.setCrc(checksum.getValue());
      zip.putNextEntry(entry);
      zip.write(bytes);
    }
    return Files.write(folder.resolve("hostile.pth"), whole.toByteArray());
  }

  @Test
  void whatWouldRunIsRefusedAndDoesNotRun() throws IOException {
    Path trace = folder.resolve("trace");
    String call = "\u0080\u0002cposix\nsystem\n(S'touch " + trace + "'\ntR.";
    assertThat(refused(hostile(call), "--network", SPEC))
        .startsWith("hostile.pth")
        .contains("posix");
    assertThat(trace).doesNotExist();
    assertThat(refused(hostile("\u0080\u0002" + "]".repeat(1 << 20)), "--network", SPEC))
        .startsWith("hostile.pth");
    assertThat(refused(hostile("\u0080\u0002X\u00ff\u00ff\u00ff\u007f"), "--network", SPEC))
        .startsWith("hostile.pth");
  }

  @Test
  void aTrunkOfAFileIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, 3, 1000, bytes.length / 2, bytes.length - 1}) {
      Path part = Files.write(folder.resolve("part.pth"), java.util.Arrays.copyOf(bytes, length));
      assertThat(refused(part, "--network", SPEC)).as(length + " bytes").startsWith("part.pth");
    }
  }

  @Test
  void bytesThatDoNotMatchTheirChecksumLeaveTheResultAlone() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged.pth"), bytes);
    assertThat(refused(damaged, "--network", SPEC))
        .startsWith("damaged.pth")
        .contains("does not match its CRC-32");
  }
}
