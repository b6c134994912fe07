package dev.inlay.contract;

import dev.inlay.Objective;
import dev.inlay.Optimizer;
import dev.inlay.Technique;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The rules for each kind of technique, and the check of one. */
public final class Contract {

  private static final List<Rule> OF_ALL =
      List.of(
          new FoundByName(),
          new SaysWhatItIs(),
          new CitesPaper(),
          new OptionsExplained(),
          new OwnSpecsRead(),
          new BadOptionsRefused());

  private static final List<Rule> OF_NETWORKS =
      List.of(
          new SynonymsEqual(),
          new DeclaredIsMeasured(),
          new ParametersBegin(),
          new ValuesFinite(),
          new ImagesAlone(),
          new ParametersLearn(),
          new ParametersShared(),
          new GradientsExact(),
          new Deterministic(),
          new WeightsSaved(),
          new SpecPrinted(),
          new CostCounted(),
          new Layouts(),
          new LowPrecision(),
          new RandomNetworks(),
          new Prepares(),
          new Portable());

  private static final List<Rule> OF_OBJECTIVES =
      List.of(
          new LossFinite(),
          new RightLosesLess(),
          new IgnoredCountsNowhere(),
          new AllMayBeIgnored(),
          new LossGradientsExact(),
          new LossDeterministic(),
          new SpecPrinted(),
          new Portable());

  private static final List<Rule> OF_OPTIMIZERS =
      List.of(
          new StepsLessen(),
          new RateOfZero(),
          new AnyShape(),
          new RunsOnLists(),
          new DecayTimesOne(),
          new SpecPrinted(),
          new Portable());

  private Contract() {}

  /** The rules that a technique keeps, in the order in which they are best tried. */
  public static List<Rule> rules(Technique<?> technique) {
    List<Rule> rules = new ArrayList<>(OF_ALL);
    rules.addAll(
        technique instanceof Objective
            ? OF_OBJECTIVES
            : technique instanceof Optimizer ? OF_OPTIMIZERS : OF_NETWORKS);
    return rules;
  }

  /** The names of all rules of all kinds. */
  public static List<String> names() {
    return Stream.of(OF_ALL, OF_NETWORKS, OF_OBJECTIVES, OF_OPTIMIZERS)
        .flatMap(List::stream)
        .map(Rule::name)
        .distinct()
        .toList();
  }

  /** Tries one rule; whatever the technique or the engine throws is a failure. */
  public static Finding check(Rule rule, Subject subject) {
    long start = System.nanoTime();
    Verdict verdict = verdict(rule, subject);
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return new Finding(subject.technique().name(), rule.name(), rule.says(), verdict, took);
  }

  private static Verdict verdict(Rule rule, Subject subject) {
    try {
      return rule.check(subject);
    } catch (Throwable e) { // Also errors: a technique may recurse without end or fill the memory.
      return Verdict.failed(
          subject.technique().name(),
          FailureWords.found(e),
          FailureWords.advice(e),
          FailureWords.line(e));
    }
  }

  /** Tries all rules. */
  public static List<Finding> check(Subject subject) {
    return rules(subject.technique()).stream().map(rule -> check(rule, subject)).toList();
  }
}
