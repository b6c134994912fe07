package dev.inlay.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.InlayException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class that calls Runtime.halt is refused where it is loaded; the rest of its jar works. */
final class HaltTest {

  private static final String HALT = "Runtime.getRuntime().halt(0);";
  private static final String RULE =
      " calls Runtime.halt, which ends the process without a message; throw an exception instead";
  private static final String ENDS =
      "package x; public class Ends { public static void now() { %s } }";

  @TempDir private Path folder;
  private PluginBench bench;

  @BeforeEach
  void makeSoundJars() {
    bench = new PluginBench(folder);
  }

  private void isRefused(JarMaker maker, String className) {
    maker.write(folder.resolve("bad.jar"));
    bench.refusesOnly(
        "bad.jar (bad): the technique class x.B is refused: the class "
            + className
            + " of plugin jar bad.jar"
            + RULE);
  }

  @Test
  void inTheTechnique() {
    for (String constructor : List.of(HALT, "Runnable end = () -> { " + HALT + " };")) {
      isRefused(
          JarMaker.plugin("bad")
              .technique("x.B", "bad", source -> source.replace("B() {", "B() { " + constructor)),
          "x.B");
    }
    isRefused(
        JarMaker.plugin("bad")
            .technique(
                "x.B", "bad", source -> source.replace("return input;", HALT + "return null;")),
        "x.B");
  }

  @Test
  void inItsInterface() {
    isRefused(
        JarMaker.plugin("bad")
            .technique("x.B", "bad", source -> source.replace("implements", "implements Ends,"))
            .source("x.Ends", "package x; interface Ends { default void now() { " + HALT + " } }"),
        "x.Ends");
  }

  @Test
  void inAClassThatItsConstructorUses() {
    isRefused(
        JarMaker.plugin("bad")
            .technique("x.B", "bad", source -> source.replace("B() {", "B() { Ends.now();"))
            .source("x.Ends", ENDS.formatted(HALT)),
        "x.Ends");
  }

  @Test
  void inASuperclassOfAClassThatItsInitialiserUses() {
    JarMaker.plugin("bad")
        .technique(
            "x.B",
            "bad",
            source -> source.replace("public B", "static Object o = new Sub(); public B"))
        .source("x.Sub", "package x; class Sub extends Ends {}")
        .source("x.Ends", ENDS.formatted(HALT))
        .write(folder.resolve("bad.jar"));
    bench.refusesOnly(
        "bad.jar (bad): the technique class x.B is refused: the class x.Ends of plugin jar bad.jar"
            + RULE);
  }

  @Test
  void inAClassOfAnotherJarThatOnlyTheBuildUses() {
    JarMaker.sound("library")
        .source("y.Ends", ENDS.formatted(HALT).replace("package x", "package y"))
        .write(folder.resolve("library.jar"));
    JarMaker.plugin("uses")
        .manifest("Plugin-Dependencies", "library")
        .technique(
            "x.B", "uses", source -> source.replace("return input;", "y.Ends.now(); return null;"))
        .compiledWith("y.Ends", ENDS.formatted("").replace("package x", "package y"))
        .write(folder.resolve("uses.jar"));
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.messages(plugins)).isEmpty();
      Found uses =
          plugins.techniques().stream()
              .filter(found -> found.name().equals("uses"))
              .findFirst()
              .orElseThrow();
      assertThatThrownBy(
              () -> plugins.guard(uses, () -> build((ContextModule<?>) uses.technique())))
          .isInstanceOf(InlayException.class)
          .hasMessage(
              "The technique 'uses' of plugin jar uses.jar is refused: the class y.Ends of plugin jar"
                  + " library.jar"
                  + RULE
                  + ".");
    }
  }

  @SuppressWarnings("NullAway") // the sample looks at nothing of what it gets
  private static <O extends Record> @Nullable Features build(ContextModule<O> module) {
    return module.build(null, null, null);
  }

  @Test
  void aClassThatIsNeverLoadedDoesNoHarm() {
    JarMaker.sound("fine").source("x.Ends", ENDS.formatted(HALT)).write(folder.resolve("fine.jar"));
    bench.accepts("fine");
  }

  @Test
  void otherMethodsOfThatNameDoNoHarm() {
    JarMaker.plugin("fine")
        .technique("x.B", "fine", source -> source.replace("B() {", "B() { Ends.halt(0);"))
        .source("x.Ends", "package x; class Ends { static void halt(int n) {} }")
        .write(folder.resolve("fine.jar"));
    bench.accepts("fine");
  }
}
