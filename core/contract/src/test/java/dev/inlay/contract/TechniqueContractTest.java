package dev.inlay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.spec.Techniques;
import dev.inlay.standard.CrossEntropy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The contract lets a healthy technique pass, and catches each broken one where it is broken. */
final class TechniqueContractTest {

  @Test
  void passesWhatIsHealthy() {
    assertThat(broken(new SampleModule())).isEmpty();
  }

  @Test
  void catchesWhatIsNotListed() {
    assertThat(broken(new BrokenModules.Unlisted())).containsExactly("found");
  }

  @Test
  void catchesAPaperWithoutAuthorsOrYear() {
    assertThat(broken(new BrokenModules.Anonymous())).containsExactly("paper");
    assertThat(broken(new BrokenModules.Unpublished())).containsExactly("paper");
  }

  @Test
  void catchesASummaryThatSaysNothing() {
    assertThat(broken(new BrokenModules.Silent())).containsExactly("summary");
  }

  @Test
  void catchesAFileThatIsMissingOrWrong() {
    assertThat(broken(new BrokenModules.Fileless())).containsExactly("summary");
    assertThat(broken(new BrokenModules.Misspelt())).containsExactly("presets");
  }

  @Test
  void catchesAnOptionWithoutMeaning() {
    assertThat(broken(new BrokenModules.Unexplained())).containsExactly("options");
  }

  @Test
  void catchesAShapeThatTheEngineDoesNotMake() {
    assertThat(
            broken(
                module(
                    (x, scope) ->
                        x.raw("torch.slice($0, 2, 0, 1, 1)", Tensor.Type.FLOAT, x.shape()))))
        .contains("shapes");
  }

  @Test
  void catchesASizeThatOnlyFitsEvenImages() {
    assertThat(
            broken(
                module(
                    (x, scope) ->
                        x.raw(
                            "torch.slice($0, 3, 0, torch.size($0, 3) // 2 * 2, 1)",
                            Tensor.Type.FLOAT,
                            x.shape()))))
        .contains("shapes");
  }

  @Test
  void catchesImagesThatSeeEachOther() {
    assertThat(broken(module((x, scope) -> x.minus(x.mean(0))))).containsExactly("images-alone");
  }

  @Test
  void catchesAParameterThatNothingReads() {
    assertThat(
            broken(
                module(
                    (x, scope) -> {
                      scope.parameter("forgotten", Init.ONE, 3);
                      return x;
                    })))
        .containsExactly("parameters-learn");
  }

  @Test
  void catchesAParameterWithoutGradient() {
    assertThat(broken(module((x, scope) -> x.times(scope.parameter("lost", Init.ONE, 1)).detach())))
        .containsExactly("parameters-learn");
  }

  @Test
  void letsAParameterBeThatIsFrozenOnPurpose() {
    assertThat(
            broken(module((x, scope) -> x.times(scope.parameter("frozen", Init.ONE, 1).detach()))))
        .isEmpty();
  }

  /** What is read with a gradient, too, is a trained parameter. */
  @Test
  void catchesAParameterWhoseOtherReaderHasNoGradient() {
    assertThat(
            broken(
                module(
                    (x, scope) -> {
                      Tensor lost = scope.parameter("lost", Init.ONE, 1);
                      return x.times(lost.detach()).plus(x.times(lost).detach());
                    })))
        .containsExactly("parameters-learn");
  }

  @Test
  void catchesAGradientThatIsNoNumber() {
    assertThat(
            broken(
                module(
                    (x, scope) ->
                        x.minus(x).times(scope.parameter("root", Init.ONE, 1)).sqrt().plus(x))))
        .containsExactly("gradients", "parameters-learn");
  }

  @Test
  void catchesNamesThatChangeFromNetworkToNetwork() {
    AtomicInteger count = new AtomicInteger();
    assertThat(
            broken(
                module(
                    (x, scope) ->
                        scope.convBias("conv" + count.incrementAndGet(), x, x.channels(), 1))))
        .contains("saved-weights", "printed-spec");
  }

  @Test
  void catchesValuesThatAreNotStored() {
    AtomicInteger count = new AtomicInteger();
    assertThat(broken(module((x, scope) -> x.times(count.incrementAndGet()))))
        .containsExactly("deterministic", "printed-spec", "saved-weights");
  }

  @Test
  void catchesOptionsThatDoNotComeBack() {
    assertThat(broken(new BrokenModules.Drifting(), "channels=3")).containsExactly("printed-spec");
  }

  @Test
  void catchesAnOptionThatNothingChecks() {
    assertThat(broken(new BrokenModules.Unchecked())).containsExactly("refusals");
  }

  @Test
  void catchesARefusalThatDoesNotNameTheOption() {
    assertThat(broken(new BrokenModules.Nameless())).containsExactly("refusals");
  }

  private interface Step {
    Tensor apply(Tensor x, Scope scope);
  }

  /** The healthy module followed by a broken step. */
  private static Technique<SampleModule.Options> module(Step step) {
    return new SampleModule(
        (options, input, scope) -> {
          Features features = SampleModule.healthy(options.channels(), input, scope);
          return features.withLast(step.apply(features.last(), scope));
        });
  }

  /** The names of the rules that a technique breaks. */
  private static Set<String> broken(Technique<?> technique, String... samples) {
    return failures(technique, samples).stream()
        .map(Finding::rule)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static List<Finding> failures(Technique<?> technique, String... samples) {
    Subject subject =
        new Subject(
            technique,
            Subject.withStandIns(
                List.of(
                    new Techniques.Entry(technique, "test"),
                    new Techniques.Entry(new CrossEntropy(), "test"))),
            samples.length == 0 ? List.of("") : List.of(samples),
            List.of("channels=0"),
            Map.of(),
            Subject.SMALL,
            Optional.empty(),
            false);
    return Contract.check(subject).stream().filter(Finding::isFailed).toList();
  }
}
