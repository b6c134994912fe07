package dev.inlay.train;

import dev.inlay.InlayException;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.pass.FixedStatistics;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What keeps its values during a training.
 *
 * @param parameters the names of parameters that are not trained
 * @param statistics the names of running statistics and counters that are not updated; batch
 *     normalisation normalises by such statistics instead of those of the batch; a pattern to be
 *     found anywhere in a full name
 */
public record Freezing(Set<String> parameters, Optional<Pattern> statistics) {

  /** Nothing is frozen. */
  public static final Freezing NONE = new Freezing(Set.of(), Optional.empty());

  public Freezing {
    parameters = Set.copyOf(parameters);
  }

  /**
   * Freezes parts of a network.
   *
   * @param whole the parameters and statistics that match are frozen
   * @param norms the same for normalisation layers alone
   * @throws InlayException if nothing is left to train
   */
  public static Freezing of(
      ParameterNames names, Optional<Pattern> whole, Optional<Pattern> norms) {
    if (whole.isEmpty() && norms.isEmpty()) {
      return NONE;
    }
    Set<String> normalising = norms.isEmpty() ? Set.of() : names.norms();
    Set<String> frozen = new HashSet<>();
    names
        .trained()
        .forEach(
            parameter -> {
              String name = parameter.name();
              if (matches(whole, name) || normalising.contains(name) && matches(norms, name)) {
                frozen.add(name);
              }
            });
    if (frozen.size() == names.trained().size()) {
      throw new InlayException(
          "All %d parameters are frozen, so that nothing is left to train. Freeze fewer."
              .formatted(frozen.size()));
    }
    String either =
        Stream.of(whole, norms)
            .flatMap(Optional::stream)
            .map(pattern -> "(?:" + pattern + ")")
            .collect(Collectors.joining("|"));
    return new Freezing(frozen, Optional.of(Pattern.compile(either)));
  }

  private static boolean matches(Optional<Pattern> pattern, String name) {
    return pattern.isPresent() && pattern.get().matcher(name).find();
  }

  /** The options of the training program with the statistics that are frozen. */
  ProgramOptions program(ProgramOptions options) {
    return statistics.map(names -> options.with(new FixedStatistics(names))).orElse(options);
  }
}
