package dev.inlay.data.check;

import dev.inlay.InlayException;
import dev.inlay.data.Dataset;
import dev.inlay.data.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Reads a split's files in parallel and adds up what they hold. */
public final class SplitScan {
  private final Dataset dataset;
  private final boolean reads;
  private final Map<String, List<Found>> digests = new HashMap<>();

  private record Found(String split, Sample sample) {}

  /** Is told how many files of a split are done, and the name of the last. */
  @FunctionalInterface
  public interface Progress {
    void at(int done, int all, String name);
  }

  private SplitScan(Dataset dataset, boolean reads) {
    this.dataset = dataset;
    this.reads = reads;
  }

  /** A scan of label maps and of the headers of images. */
  public static SplitScan ofLabels(Dataset dataset) {
    return new SplitScan(dataset, false);
  }

  /** A scan of label maps and images. */
  public static SplitScan whole(Dataset dataset) {
    return new SplitScan(dataset, true);
  }

  /** Scans a split; a split that cannot be listed is a problem, too. */
  public SplitFacts scan(String split, Progress progress) {
    List<Problem> problems = new ArrayList<>();
    List<Sample> samples = List.of();
    try {
      Dataset.PairedFiles paired = dataset.paired(split);
      samples = paired.samples();
      paired.lonely().forEach(each -> problems.add(new Problem(Problem.Kind.PARTNER, null, each)));
    } catch (InlayException e) {
      problems.add(new Problem(Problem.Kind.SPLIT, null, String.valueOf(e.getMessage())));
    }
    return scan(split, samples, problems, progress);
  }

  private SplitFacts scan(
      String split, List<Sample> samples, List<Problem> problems, Progress progress) {
    FileCheck check = new FileCheck(dataset.classes(), dataset.decoder(), reads);
    long[] pixels = new long[dataset.classes().size()];
    Map<Integer, Long> ignored = new HashMap<>();
    InParallel.each(
        samples.size(),
        index -> check.of(samples.get(index)),
        (facts, index) -> {
          for (int id = 0; id < pixels.length; id++) {
            pixels[id] += facts.pixels()[id];
          }
          facts.ignored().forEach((stored, count) -> ignored.merge(stored, count, Long::sum));
          problems.addAll(facts.problems());
          remember(facts.digest(), split, samples.get(index), problems);
          progress.at(index + 1, samples.size(), samples.get(index).name());
        });
    return new SplitFacts(
        split, samples.size(), LongStream.of(pixels).boxed().toList(), frequent(ignored), problems);
  }

  /** An image that an earlier split has is told. */
  private void remember(
      @Nullable String digest, String split, Sample sample, List<Problem> problems) {
    if (digest == null) {
      return;
    }
    List<Found> same = digests.computeIfAbsent(digest, key -> new ArrayList<>());
    same.stream()
        .filter(other -> !other.split().equals(split))
        .findFirst()
        .ifPresent(
            other ->
                problems.add(
                    new Problem(
                        Problem.Kind.DUPLICATE,
                        sample.image(),
                        "%s of '%s' has the pixels of %s of '%s', so that scores tell less than they seem to. Keep it in one split."
                            .formatted(
                                sample.image(), split, other.sample().image(), other.split()))));
    same.add(new Found(split, sample));
  }

  private static Map<Integer, Long> frequent(Map<Integer, Long> counts) {
    Map<Integer, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(each -> sorted.put(each.getKey(), each.getValue()));
    return sorted;
  }
}
