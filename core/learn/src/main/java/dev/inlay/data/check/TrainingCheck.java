package dev.inlay.data.check;

import dev.inlay.data.ClassList;
import dev.inlay.data.Dataset;
import dev.inlay.data.LabelCoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What speaks against training on one split and scoring on another, by what both hold. */
public final class TrainingCheck {
  private static final int MOST_NAMES = 5;

  private final ClassList classes;
  private final LabelCoding coding;

  private TrainingCheck(Dataset dataset) {
    this.classes = dataset.classes();
    this.coding = dataset.info().coding();
  }

  /** The concerns, the gravest first. */
  public static List<Concern> of(Dataset dataset, SplitFacts train, SplitFacts heldOut) {
    TrainingCheck check = new TrainingCheck(dataset);
    List<Concern> concerns = new ArrayList<>();
    check.mistakes(dataset, List.of(train, heldOut), concerns);
    if (!concerns.isEmpty()) {
      return concerns;
    }
    if (check.classes.size() == 1) {
      concerns.add(check.oneClass());
    }
    check.nothing(train, "to train on", concerns);
    if (!heldOut.split().equals(train.split())) {
      check.nothing(heldOut, "to score", concerns);
    }
    if (concerns.isEmpty()) {
      check.absent(train, heldOut, concerns);
    }
    return concerns;
  }

  private void mistakes(Dataset dataset, List<SplitFacts> splits, List<Concern> concerns) {
    List<Problem> serious =
        splits.stream()
            .flatMap(split -> split.problems().stream())
            .filter(problem -> problem.kind().serious())
            .distinct()
            .toList();
    if (serious.isEmpty()) {
      return;
    }
    String more =
        serious.size() == 1
            ? ""
            : " %s; inlay dataset check %s names all."
                .formatted(
                    serious.size() == 2
                        ? "1 more is wrong"
                        : "%,d more are wrong".formatted(serious.size() - 1),
                    dataset.folder());
    concerns.add(new Concern(Concern.Weight.MISTAKE, serious.get(0).message() + more));
  }

  private Concern oneClass() {
    return new Concern(
        Concern.Weight.DOUBT,
        "%s names one class, '%s', so that the loss is 0 and the mIoU 100 %% before anything is learned. Name what is not '%s' as a class, such as background."
            .formatted(Dataset.DESCRIPTOR, classes.name(0), classes.name(0)));
  }

  /** A split without a counted pixel. */
  private void nothing(SplitFacts facts, String purpose, List<Concern> concerns) {
    if (facts.images() > 0 && facts.counted() == 0) {
      concerns.add(
          new Concern(
              Concern.Weight.DOUBT,
              "All pixels of the split '%s' are ignored (%s), so that there is nothing %s. Label them, or write what they are: labels: {map: {%s: CLASS}} in %s."
                  .formatted(
                      facts.split(),
                      values(facts.ignored()),
                      purpose,
                      coding.written(mostFrequent(facts)),
                      Dataset.DESCRIPTOR)));
    }
  }

  private void absent(SplitFacts train, SplitFacts heldOut, List<Concern> concerns) {
    List<Integer> missing = train.absent();
    if (!missing.isEmpty()) {
      boolean alone = missing.size() == classes.size() - 1;
      String message =
          "%s%s%s"
              .formatted(nowhere(missing, train), alone ? alone(missing) : "", map(missing, train));
      concerns.add(new Concern(alone ? Concern.Weight.DOUBT : Concern.Weight.NOTE, message));
    }
    List<Integer> unscored = heldOut.absent().stream().filter(id -> !missing.contains(id)).toList();
    if (!unscored.isEmpty()) {
      concerns.add(
          new Concern(
              Concern.Weight.NOTE,
              "%s What a model makes of %s is not scored."
                  .formatted(nowhere(unscored, heldOut), unscored.size() == 1 ? "it" : "them")));
    }
  }

  /** That classes do not occur, while as many pixels are ignored. */
  private String nowhere(List<Integer> missing, SplitFacts facts) {
    String ignored =
        facts.ignored().isEmpty()
            ? ""
            : " while %,d pixels are %s and ignored"
                .formatted(facts.ignoredPixels(), values(facts.ignored()));
    return "%s %s nowhere in '%s'%s."
        .formatted(
            names(missing), missing.size() == 1 ? "occurs" : "occur", facts.split(), ignored);
  }

  private String alone(List<Integer> missing) {
    for (int id = 0; id < classes.size(); id++) {
      if (!missing.contains(id)) {
        return " Only '%s' is left, so that there is nothing to tell apart."
            .formatted(classes.name(id));
      }
    }
    return "";
  }

  private String map(List<Integer> missing, SplitFacts facts) {
    if (facts.ignored().isEmpty()) {
      return "";
    }
    String value = coding.written(mostFrequent(facts));
    String name = missing.size() == 1 ? classes.name(missing.get(0)) : "CLASS";
    return " If %s is %s, write labels: {map: {%s: %s}} in %s."
        .formatted(
            value,
            missing.size() == 1 ? "'" + name + "'" : "one of them",
            value,
            name,
            Dataset.DESCRIPTOR);
  }

  private static int mostFrequent(SplitFacts facts) {
    return facts.ignored().keySet().iterator().next();
  }

  private String values(Map<Integer, Long> ignored) {
    String values =
        ignored.keySet().stream()
            .limit(MOST_NAMES)
            .map(coding::shown)
            .collect(Collectors.joining(" or "));
    return values + (ignored.size() > MOST_NAMES ? " or others" : "");
  }

  private String names(List<Integer> ids) {
    String names =
        ids.stream()
            .limit(MOST_NAMES)
            .map(id -> "'" + classes.name(id) + "'")
            .collect(Collectors.joining(", "));
    int more = ids.size() - MOST_NAMES;
    return "%s %s%s"
        .formatted(
            ids.size() == 1 ? "Class" : "Classes",
            names,
            more > 0 ? " and %d more".formatted(more) : "");
  }
}
