package dev.inlay.pytorch;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** The checkpoints among the test resources, written with torch.save. */
final class Checkpoints {
  private Checkpoints() {}

  static Path resource(String name) {
    URL url = Objects.requireNonNull(Checkpoints.class.getResource(name + ".pth"), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a run of bytes begins in others. */
  static int indexOf(byte[] content, byte[] run) {
    for (int i = 0; i + run.length <= content.length; i++) {
      if (Arrays.equals(content, i, i + run.length, run, 0, run.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("the bytes are not there");
  }
}
