package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.LabelCounts;
import dev.inlay.Objective;
import dev.inlay.guard.Guard;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A loss as a weighted sum of objectives with options: {@code 0.5*dice(smooth=1) + cross-entropy}.
 *
 * <pre>
 *   loss  := term ('+' term)*
 *   term  := [factor '*'] stage          the factor is 1 where none is written
 * </pre>
 *
 * <p>A factor is a number above 0, a stage is an objective written as in a {@link NetworkSpec}.
 * Spaces and line breaks may stand anywhere between.
 *
 * @param terms at least one, in the order in which they are added
 */
public record ObjectiveSpec(List<Term<?>> terms) {

  /**
   * One objective of the sum. Two terms are equal if factors, names and options are.
   *
   * @param factor above 0
   * @param <O> the options record
   */
  public record Term<O extends Record>(double factor, Objective<O> objective, O options) {

    public Term {
      if (!(factor > 0) || Double.isInfinite(factor)) {
        throw new InlayException(
            "The factor of %s is %s; it must be a number above 0."
                .formatted(objective.name(), factor));
      }
    }

    private Term<O> withLabels(Supplier<LabelCounts> labels) {
      O counted =
          Guard.answer(objective, "withLabels", () -> objective.withLabels(options, labels));
      return new Term<>(factor, objective, counted);
    }

    private NetworkSpec.Stage<O> stage() {
      return new NetworkSpec.Stage<>(objective, options);
    }

    /** The term in its shortest form: {@code 0.5*dice(smooth=1.0)}. */
    @Override
    public String toString() {
      String number = new OptionType.Fraction().print(factor, Quotes::text);
      return (factor == 1 ? "" : number + "*") + stage();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Term<?> term && factor == term.factor && stage().equals(term.stage());
    }

    @Override
    public int hashCode() {
      return 31 * Double.hashCode(factor) + stage().hashCode();
    }
  }

  public ObjectiveSpec {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new InlayException("A loss has no objectives; it needs at least one.");
    }
  }

  /**
   * Reads a loss.
   *
   * @throws InlayException that says what is wrong and shows the place: a factor that is not above
   *     0, an unknown technique, a technique that is no objective, a wrong option
   */
  public static ObjectiveSpec parse(String text, Techniques techniques) {
    return ObjectiveReader.read(text.strip(), techniques);
  }

  /**
   * The loss after the labels of the training split were seen: numbers that an objective computes
   * from them, such as weights of classes, stand among its options.
   *
   * @param labels counts the labels; called only if an objective needs them, and at most once
   */
  public ObjectiveSpec withLabels(Supplier<LabelCounts> labels) {
    Supplier<LabelCounts> once =
        new Supplier<>() {
          private @Nullable LabelCounts counts;

          @Override
          public LabelCounts get() {
            LabelCounts known = counts == null ? labels.get() : counts;
            counts = known;
            return known;
          }
        };
    return new ObjectiveSpec(terms.stream().<Term<?>>map(term -> term.withLabels(once)).toList());
  }

  /** The loss in its shortest form; parsing it gives an equal one. */
  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining(" + "));
  }
}
