package dev.inlay.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import dev.inlay.cli.demo.Scenes;
import dev.inlay.image.LabelMap;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inlay dataset check} and {@code inlay dataset init}. */
final class DatasetCommandTest {
  @TempDir private Path temp;
  private DatasetFolder data;

  @BeforeEach
  void writeData() throws IOException {
    data = DatasetFolder.write(temp.resolve("a & b"), 3, 2);
  }

  private Run check(String... more) {
    String[] command = new String[3 + more.length];
    System.arraycopy(new String[] {"dataset", "check", data.path().toString()}, 0, command, 0, 3);
    System.arraycopy(more, 0, command, 3, more.length);
    return Run.inlay(command);
  }

  @Test
  void aSoundDatasetHasItsFiguresAndAPage() throws IOException {
    Path out = temp.resolve("out");
    Run run = check("--out", out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("share of pixels", "train", "val", "ignored", "images");
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).contains("a &amp; b", "data:image/png;base64,", "Nothing is wrong");
    assertThat(page).doesNotContain("a & b", "src=\"http", "<script");
  }

  @Test
  void eachProblemIsFoundAndCounted() throws IOException {
    Files.delete(data.label("train", 2));
    byte[] ids = new byte[DatasetFolder.WIDTH * DatasetFolder.HEIGHT];
    ids[5] = 77;
    new LabelMap(DatasetFolder.WIDTH, DatasetFolder.HEIGHT, ids)
        .write(data.label("train", 0), Scenes.classes());
    DatasetFolder.picture(data.label("val", 0), 10, 10, BufferedImage.TYPE_BYTE_GRAY);
    Files.copy(data.image("train", 1), data.image("val", 1), StandardCopyOption.REPLACE_EXISTING);
    byte[] image = Files.readAllBytes(data.image("train", 0));
    Files.write(data.image("train", 0), Arrays.copyOf(image, image.length / 2));

    Run run = check("--json");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("is not fit for training: 4 problems.");
    JsonObject result = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(result.get("sound").getAsBoolean()).isFalse();
    assertThat(kinds(result, 0)).containsExactlyInAnyOrder("partner", "label", "file");
    assertThat(kinds(result, 1)).containsExactlyInAnyOrder("size", "duplicate");

    Run text = check();
    assertThat(text.code()).isEqualTo(2);
    assertThat(text.out())
        .contains(
            "train: 1 files without a partner",
            "has the label 77 at (x=5, y=0)",
            "val: 1 images with the same pixels in two splits");
  }

  private static List<String> kinds(JsonObject result, int split) {
    List<String> kinds = new ArrayList<>();
    result
        .getAsJsonArray("splits")
        .get(split)
        .getAsJsonObject()
        .getAsJsonArray("problems")
        .forEach(each -> kinds.add(each.getAsJsonObject().get("kind").getAsString()));
    return kinds;
  }

  @Test
  void aFolderIsLookedAtAndDescribedOnlyWhenAsked() throws IOException {
    Path descriptor = data.path().resolve("dataset.yaml");
    Files.delete(descriptor);
    String folder = data.path().toString();
    Run proposal = Run.inlay("dataset", "init", folder);
    assertThat(proposal.code()).as(proposal.err()).isZero();
    assertThat(proposal.out()).contains("classes:", "train: {images: train/images");
    assertThat(proposal.err()).contains("It looks like 'folders'", "--like folders");
    assertThat(descriptor).doesNotExist();

    Run written = Run.inlay("dataset", "init", folder, "--like", "folders");
    assertThat(written.code()).as(written.err()).isZero();
    assertThat(descriptor).hasContent(proposal.out());
    assertThat(check().code()).isZero();

    Run again = Run.inlay("dataset", "init", folder, "--like", "folders");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("is there already. Remove it, or add --overwrite.");
    assertThat(Run.inlay("dataset", "init", folder, "--like", "folders", "--overwrite").code())
        .isZero();
  }

  @Test
  void anotherFormIsRefusedWithWhatItNeeds() {
    String folder = data.path().toString();
    Run voc = Run.inlay("dataset", "init", folder, "--like", "voc", "--overwrite");
    assertThat(voc.code()).isEqualTo(2);
    assertThat(voc.err())
        .contains("does not look like voc: it has no JPEGImages, SegmentationClass and ImageSets");
    Run nothing = Run.inlay("dataset", "init", data.path().resolve("train/images").toString());
    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).contains("looks like none of the known forms.");
  }
}
