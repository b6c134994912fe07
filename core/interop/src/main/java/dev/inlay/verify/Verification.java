package dev.inlay.verify;

import dev.inlay.Check;
import dev.inlay.Objective;
import dev.inlay.assemble.Stages;
import dev.inlay.pytorch.TensorFiles;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.TensorFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The result of comparing one golden file with techniques.
 *
 * @param file the file's name
 * @param spec the stages that were compared
 * @param deviations of every numbered output and every gradient
 * @param leftOut tensors of a checkpoint that the stages do not have
 */
public record Verification(
    String file, String spec, List<Deviation> deviations, List<String> leftOut) {

  private static final Pattern FIRST_NAME =
      Pattern.compile("\\s*(?:[0-9.eE+-]+\\s*\\*\\s*)?([a-z][a-z0-9-]*)");

  /**
   * Compares a file with the techniques of its configuration, or with given stages.
   *
   * @param stages the stages, or a loss such as {@code 0.5*dice(smooth=1) + cross-entropy}; null to
   *     take the stages from the file's configuration
   * @param weights the file with the parameters; null if the golden file has them
   * @throws dev.inlay.InlayException if the file can't be read, no technique is known for it, an
   *     option has no counterpart, or parameters or shapes differ
   */
  public static Verification of(
      Path path, Techniques techniques, @Nullable String stages, @Nullable Path weights) {
    GoldenFile file = GoldenFile.read(path);
    if (weights == null) {
      return compared(file, subject(file, techniques, stages), List.of());
    }
    try (TensorFile opened = TensorFiles.open(weights)) {
      if (ModelInfo.isModel(opened.metadata())) {
        Check.that(
            stages == null,
            "%s is a model, which defines its own stages; leave out --stage.",
            weights);
        ByModel model = ByModel.of(file, opened, techniques);
        return compared(model.file(), model.subject(), List.of());
      }
      Subject subject = subject(file, techniques, stages);
      GivenWeights given = GivenWeights.in(file, subject, opened);
      return compared(given.file(), subject, given.leftOut());
    }
  }

  private static Subject subject(GoldenFile file, Techniques techniques, @Nullable String stages) {
    if (stages == null) {
      return ByConfiguration.of(file, techniques);
    }
    return isLoss(stages, techniques)
        ? ByObjective.of(file, ObjectiveSpec.parse(stages, techniques))
        : ByHand.of(file, Stages.parse(stages, techniques), Map.of());
  }

  /** Whether the first technique of a text, which may have a factor, is an objective. */
  private static boolean isLoss(String text, Techniques techniques) {
    Matcher name = FIRST_NAME.matcher(text);
    return name.lookingAt()
        && techniques.find(name.group(1)).filter(Objective.class::isInstance).isPresent();
  }

  private static Verification compared(GoldenFile file, Subject subject, List<String> leftOut) {
    List<Deviation> deviations = Comparison.of(file, subject, entry -> false);
    return new Verification(file.name(), subject.spec(), deviations, leftOut);
  }

  /** The largest deviation; infinite if a value is not finite. */
  public double largest() {
    return deviations.stream().mapToDouble(Deviation::relative).max().orElse(0);
  }
}
