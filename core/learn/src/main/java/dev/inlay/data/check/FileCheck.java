package dev.inlay.data.check;

import dev.inlay.InlayException;
import dev.inlay.data.ClassList;
import dev.inlay.data.DecodedLabels;
import dev.inlay.data.LabelCheck;
import dev.inlay.data.LabelDecoder;
import dev.inlay.data.Sample;
import dev.inlay.image.ImageFile;
import dev.inlay.image.ImageHeader;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks an image and its label map. */
final class FileCheck {
  private final ClassList classes;
  private final LabelDecoder decoder;
  private final boolean reads;

  /**
   * A check.
   *
   * @param reads whether images are read whole, instead of their headers alone
   */
  FileCheck(ClassList classes, LabelDecoder decoder, boolean reads) {
    this.classes = classes;
    this.decoder = decoder;
    this.reads = reads;
  }

  /**
   * What one pair of files holds.
   *
   * @param pixels how many pixels each class has
   * @param ignored how many pixels each ignored stored value has
   * @param digest of the image's pixels; null if they were not read
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Facts(
      long[] pixels, Map<Integer, Long> ignored, List<Problem> problems, @Nullable String digest) {}

  Facts of(Sample sample) {
    List<Problem> problems = new ArrayList<>();
    Optional<DecodedLabels> labels = labels(sample, problems);
    String digest = image(sample, labels.map(DecodedLabels::labels), problems);
    long[] pixels = new long[classes.size()];
    Map<Integer, Long> ignored = new HashMap<>();
    labels.ifPresent(each -> count(each, pixels, ignored));
    if (labels.isPresent() && labels.get().wrong().isEmpty() && sum(pixels) == 0) {
      problems.add(
          new Problem(
              Problem.Kind.IGNORED,
              sample.labels(),
              "%s: all pixels are ignored.".formatted(sample.labels())));
    }
    return new Facts(pixels, ignored, problems, digest);
  }

  private Optional<DecodedLabels> labels(Sample sample, List<Problem> problems) {
    try {
      DecodedLabels labels = decoder.decode(sample.labels());
      labels
          .contradiction()
          .ifPresent(
              message -> problems.add(new Problem(Problem.Kind.PALETTE, sample.labels(), message)));
      if (labels.contradiction().isEmpty() && !labels.wrong().isEmpty()) {
        problems.add(
            new Problem(
                Problem.Kind.LABEL, sample.labels(), decoder.wrong(labels, sample.labels())));
      }
      return Optional.of(labels);
    } catch (InlayException e) {
      problems.add(new Problem(Problem.Kind.FILE, sample.labels(), message(e)));
      return Optional.empty();
    }
  }

  private @Nullable String image(Sample sample, Optional<LabelMap> labels, List<Problem> problems) {
    try {
      ImageHeader header = ImageHeader.read(sample.image());
      boolean fits =
          labels.isEmpty()
              || labels.get().width() == header.width() && labels.get().height() == header.height();
      if (fits && !reads) {
        return null;
      }
      // A tag behind the pixels may turn the image, which the header does not tell.
      RgbImage image = ImageFile.read(sample.image());
      labels.ifPresent(map -> size(map, sample, image, problems));
      if (!reads) {
        return null;
      }
      if (header.turned()) {
        problems.add(
            new Problem(
                Problem.Kind.ORIENTATION,
                sample.image(),
                "%s is turned upright as its orientation tag says; a program that passes over the tag sees it otherwise."
                    .formatted(sample.image())));
      }
      if (isFlat(image)) {
        problems.add(
            new Problem(
                Problem.Kind.FLAT,
                sample.image(),
                "%s has one colour (#%06x) in all pixels."
                    .formatted(sample.image(), image.color(0, 0))));
      }
      return digest(image);
    } catch (InlayException e) {
      problems.add(new Problem(Problem.Kind.FILE, sample.image(), message(e)));
      return null;
    }
  }

  private static void size(LabelMap labels, Sample sample, RgbImage image, List<Problem> problems) {
    try {
      LabelCheck.size(labels, sample.labels(), image, sample.image());
    } catch (InlayException e) {
      problems.add(new Problem(Problem.Kind.SIZE, sample.labels(), message(e)));
    }
  }

  private void count(DecodedLabels labels, long[] pixels, Map<Integer, Long> ignored) {
    labels
        .stored()
        .forEach(
            (stored, count) ->
                decoder
                    .id(stored)
                    .ifPresent(
                        id -> {
                          if (id < pixels.length) {
                            pixels[id] += count;
                          } else {
                            ignored.merge(stored, count, Long::sum);
                          }
                        }));
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }

  private static boolean isFlat(RgbImage image) {
    byte[] rgb = image.rgb();
    for (int i = 3; i < rgb.length; i++) {
      if (rgb[i] != rgb[i - 3]) {
        return false;
      }
    }
    return true;
  }

  /** Equal for equal sizes and pixels. */
  private static String digest(RgbImage image) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(8).putInt(image.width()).putInt(image.height()).flip());
      return HexFormat.of().formatHex(digest.digest(image.rgb()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has SHA-256.
    }
  }

  private static String message(InlayException e) {
    return String.valueOf(e.getMessage());
  }
}
