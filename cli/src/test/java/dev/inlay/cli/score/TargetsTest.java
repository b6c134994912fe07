package dev.inlay.cli.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each image's results have a place of their own. */
final class TargetsTest {
  @TempDir Path temp;

  private Path add(String name) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "image");
  }

  private List<String> results(Targets targets, Path out) {
    return targets.all().stream()
        .map(target -> out.relativize(target.labels()).toString())
        .toList();
  }

  @Test
  void resultsKeepTheFoldersOfTheirImages() throws IOException {
    for (String name : new String[] {"one/a.jpg", "one/x/a.jpg", "one/x/y/b.png", "two/x/a.jpg"}) {
      add(name);
    }
    Path out = temp.resolve("one/out");
    add("one/out/a_overlay.png");
    Targets targets = Targets.of(List.of(temp.resolve("one"), temp.resolve("two")), out, true);
    assertThat(results(targets, out))
        .containsExactly("a_labels.png", "x/a_labels.png", "x/y/b_labels.png", "x/a-2_labels.png");
    assertThat(targets.notes())
        .containsExactly(temp.resolve("one") + ": 1 skipped: out (the folder of the results).");
    assertThat(targets.faults()).isEmpty();
  }

  @Test
  void withoutItFoldersAreNamedAndTheWayIn() throws IOException {
    add("one/x/a.jpg");
    Path folder = temp.resolve("one");
    assertThatThrownBy(() -> Targets.of(List.of(folder), temp.resolve("out"), false))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            folder
                + " holds no images (jpg, png, bmp, gif, tif); 1 skipped: x (a folder). Give"
                + " --recursive to enter its folders, or name a folder of images.");
  }

  @Test
  void namesOfTheSameLettersHaveResultsOfTheirOwn() throws IOException {
    Path out = temp.resolve("out");
    Targets targets =
        Targets.of(
            List.of(add("a/caf\u00e9.jpg"), add("b/cafe\u0301.jpg"), add("c/CAF\u00c9.jpg")),
            out,
            false);
    assertThat(results(targets, out))
        .containsExactly(
            "caf\u00e9_labels.png", "cafe\u0301-2_labels.png", "CAF\u00c9-3_labels.png");
  }
}
