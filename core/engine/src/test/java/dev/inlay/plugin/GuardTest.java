package dev.inlay.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Check;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.guard.Guard;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exception of a technique becomes one message that names the technique and the jar. */
final class GuardTest {

  @TempDir private Path folder;
  private PluginBench bench;

  @BeforeEach
  void makeSoundJars() {
    bench = new PluginBench(folder);
  }

  /** Builds a technique whose build() is this body. */
  private @Nullable Features build(String body, UnaryOperator<JarMaker> more) {
    JarMaker maker =
        JarMaker.plugin("used")
            .technique("x.B", "used", source -> source.replace("return input;", body));
    more.apply(maker).write(folder.resolve("used.jar"));
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.messages(plugins)).isEmpty();
      Found found =
          plugins.techniques().stream()
              .filter(technique -> technique.name().equals("used"))
              .findFirst()
              .orElseThrow();
      return plugins.guard(found, () -> build(found));
    }
  }

  private @Nullable Features build(String body) {
    return build(body, maker -> maker);
  }

  @SuppressWarnings("NullAway") // the samples look at nothing of what they get
  private static @Nullable Features build(Found found) {
    return build((ContextModule<?>) found.technique());
  }

  @SuppressWarnings("NullAway")
  private static <O extends Record> @Nullable Features build(ContextModule<O> module) {
    return module.build(null, null, null);
  }

  @Test
  void whatTheCallReturns() {
    assertThat(
            build(
                "return new Features(null, 7, java.util.List.of(), java.util.List.of(),"
                    + " java.util.Map.of());"))
        .extracting(Features::classes)
        .isEqualTo(7);
  }

  @Test
  void methodThatThisCoreLacks() {
    assertThatThrownBy(
            () ->
                build(
                    "Check.fresh(3); return null;",
                    maker ->
                        maker.compiledWith(
                            "dev.inlay.Check",
                            "package dev.inlay; public class Check {"
                                + " public static void that(boolean holds, String message) {}"
                                + " public static void fresh(int n) {} }")))
        .isInstanceOf(InlayException.class)
        .hasCauseInstanceOf(NoSuchMethodError.class)
        .hasMessage(
            "plugin jar used.jar was built against another version of Inlay's core:"
                + " NoSuchMethodError: 'void dev.inlay.Check.fresh(int)'; rebuild it against 0.1.0"
                + " (in technique 'used').");
  }

  @Test
  void classThatThisCoreLacks() {
    assertThatThrownBy(
            () ->
                build(
                    "return NewThing.features();",
                    maker ->
                        maker.compiledWith(
                            "dev.inlay.NewThing",
                            "package dev.inlay; public class NewThing {"
                                + " public static Features features() { return null; } }")))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "plugin jar used.jar was built against another version of Inlay's core:"
                + " NoClassDefFoundError: there is no class dev.inlay.NewThing; rebuild it against"
                + " 0.1.0 (in technique 'used').");
  }

  @Test
  void libraryThatTheJarLacks() {
    assertThatThrownBy(
            () ->
                build(
                    "new lib.Json(); return null;",
                    maker -> maker.compiledWith("lib.Json", "package lib; public class Json {}")))
        .hasMessage(
            "plugin jar used.jar cannot be linked: NoClassDefFoundError: there is no class lib.Json"
                + " (in technique 'used').");
  }

  @Test
  void methodThatTheTechniqueLacks() {
    assertThatThrownBy(
            () -> {
              JarMaker.plugin("used")
                  .technique(
                      "x.B", "used", source -> source.replaceFirst("public Features build.*\n", ""))
                  .compiledWith(
                      "dev.inlay.ContextModule",
                      "package dev.inlay; public interface ContextModule<O extends Record> {}")
                  .write(folder.resolve("used.jar"));
              try (Plugins plugins = bench.load()) {
                Found found = plugins.techniques().get(2);
                plugins.guard(found, () -> build(found));
              }
            })
        .isInstanceOf(InlayException.class)
        .hasCauseInstanceOf(AbstractMethodError.class)
        .hasMessageStartingWith(
            "plugin jar used.jar was built against another version of Inlay's core:"
                + " AbstractMethodError: ");
  }

  @Test
  void whatTheTechniqueRefusesIsNotChanged() {
    assertThatThrownBy(() -> build("throw new InlayException(\"rates is []\");"))
        .isInstanceOf(InlayException.class)
        .hasMessage("rates is []")
        .hasNoCause();
    assertThatThrownBy(
            () -> Guard.call("t", "plugin jar t.jar", "0.1.0", () -> refuse("stride is 5")))
        .hasMessage("stride is 5");
  }

  private static String refuse(String message) {
    Check.that(false, message);
    return message;
  }

  @Test
  void faultOfTheTechnique() {
    assertThatThrownBy(() -> build("String text = null;\ntext.trim(); return null;"))
        .isInstanceOf(InlayException.class)
        .hasCauseInstanceOf(NullPointerException.class)
        .hasMessageStartingWith(
            "The technique 'used' of plugin jar used.jar failed with NullPointerException: ")
        .hasMessageEndingWith(
            " at x.B.build(B.java:8); this is a fault of the technique, not of the network.");
  }

  @Test
  void endlessRecursion() {
    assertThatThrownBy(() -> build("return build(options, input, scope);"))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "The technique 'used' of plugin jar used.jar failed with StackOverflowError at"
                + " x.B.build(B.java:7); this is a fault of the technique, not of the network.");
  }

  @Test
  void exceptionThatCannotSayWhatItIs() {
    assertThatThrownBy(
            () ->
                build(
                    "throw new RuntimeException() { public String getMessage() {"
                        + " throw new IllegalStateException(); } };"))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("(its message cannot be read)");
  }

  @Test
  void checkedExceptionInDisguise() {
    assertThatThrownBy(
            () ->
                build(
                    "throw B.<RuntimeException>disguised();"
                        + "} static <E extends Exception> E disguised() throws E {"
                        + " throw (E) new java.io.IOException(\"disk full\");"))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith(
            "The technique 'used' of plugin jar used.jar failed with IOException: disk full");
  }

  @Test
  void outOfMemoryIsNobodysFault() {
    assertThatThrownBy(() -> build("throw new OutOfMemoryError(\"heap\");"))
        .isInstanceOf(OutOfMemoryError.class);
  }
}
