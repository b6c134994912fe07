package dev.inlay.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.Labels;
import dev.inlay.Objective;
import dev.inlay.Optimizer;
import dev.inlay.Preparation;
import dev.inlay.RoundTrip;
import dev.inlay.Technique;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.compile.OptimizerUpdate;
import dev.inlay.graph.Parameter;
import dev.inlay.guard.Guard;
import dev.inlay.spec.Metadata;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.standard.GivenClassifier;
import dev.inlay.standard.GivenMaps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A jar that was compiled against another api fails with one line that says what is missing, when
 * it is loaded or when it is first used, and the other jars work on.
 */
final class OtherApiTest {

  private static final String REQUIRES = ">=0.1.0 & <1.0.0";
  private static final String WAY_OUT =
      "; use a version of it that is made for Inlay 0.1.0, or rebuild it against inlay-api 0.1.0.";

  private static final String HEAD =
      "was built against another version of Inlay (Plugin-Requires: " + REQUIRES + "): ";

  @TempDir private Path folder;
  private PluginBench bench;

  @BeforeEach
  void makeSoundJars() {
    bench = new PluginBench(folder);
  }

  /** The source of a type of the api with a change. */
  private static String api(String type, String from, String to) {
    Path file = Path.of("..", "api", "src", "main", "java", "dev", "inlay", type + ".java");
    try {
      String source =
          Files.readString(file)
              .replace("@Nullable ", "")
              .replace("import org.jspecify.annotations.Nullable;", "");
      assertThat(source).contains(from);
      return source.replace(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JarMaker used() {
    return JarMaker.plugin("used").manifest("Plugin-Requires", REQUIRES);
  }

  /** A context module whose build method has this body. */
  private static JarMaker built(String body) {
    return used().technique("x.B", "used", source -> source.replace("return input;", body));
  }

  private static JarMaker constructed(String body) {
    return used().technique("x.B", "used", source -> source.replace("B() {", "B() { " + body));
  }

  private static String newMember(String type, String member) {
    return api(type, "public interface " + type + " {", "public interface " + type + " {" + member);
  }

  static Stream<Arguments> atLoad() {
    return Stream.of(
        arguments(
            constructed("Window.round(3);")
                .compiledWith(
                    "dev.inlay.Window",
                    api(
                        "Window",
                        "  public Window {",
                        "  public static Window round(int r) { return null; } public Window {")),
            "it calls the method 'Window Window.round(int)', which Inlay 0.1.0 does not have"),
        arguments(
            constructed("new NewThing();")
                .compiledWith("dev.inlay.NewThing", "package dev.inlay; public class NewThing {}"),
            "it uses the class dev.inlay.NewThing, which Inlay 0.1.0 does not have"),
        arguments(
            used()
                .technique(
                    "x.B", "used", text -> text.replace("implements", "extends Part implements"))
                .compiledWith("dev.inlay.Part", "package dev.inlay; public class Part {}"),
            "IncompatibleClassChangeError: class x.B has interface Part as super class"));
  }

  @ParameterizedTest
  @MethodSource
  void atLoad(JarMaker jar, String told) {
    jar.write(folder.resolve("used.jar"));
    bench.refusesOnly(
        "used.jar (used): the technique class x.B "
            + HEAD
            + told
            + WAY_OUT.substring(0, WAY_OUT.length() - 1));
  }

  static Stream<Arguments> inBuild() {
    return Stream.of(
        arguments(
            built("return input.withLast(input.last().gelu());")
                .compiledWith("dev.inlay.Tensor", newMember("Tensor", " Tensor gelu();")),
            "it calls the method 'Tensor Tensor.gelu()', which Inlay 0.1.0 does not have"),
        arguments(
            built("long n = input.last().rank(); return input;")
                .compiledWith(
                    "dev.inlay.Tensor", api("Tensor", "default int rank()", "default long rank()")),
            "it calls the method 'long Tensor.rank()', which Inlay 0.1.0 does not have"),
        arguments(
            built("new Window(3); return input;")
                .compiledWith(
                    "dev.inlay.Window",
                    api(
                        "Window",
                        "  public Window {",
                        "  public Window(int k) { this(k, k, 1, 1, 1, 1, 1); } public Window {")),
            "it calls the method 'new Window(int)', which Inlay 0.1.0 does not have"),
        arguments(
            built("return input.withLast(scope.gate(\"g\", input.last()));")
                .compiledWith(
                    "dev.inlay.Scope", newMember("Scope", " Tensor gate(String name, Tensor x);")),
            "it calls the method 'Tensor Scope.gate(String, Tensor)', which Inlay 0.1.0 does not"
                + " have"),
        arguments(
            built("return Mixing.of(input);")
                .compiledWith(
                    "dev.inlay.Mixing",
                    "package dev.inlay; public class Mixing {"
                        + " public static Features of(Features f) { return f; } }"),
            "it uses the class dev.inlay.Mixing, which Inlay 0.1.0 does not have"),
        arguments(
            built("Runnable r = Mixing::of; r.run(); return input;")
                .compiledWith(
                    "dev.inlay.Mixing",
                    "package dev.inlay; public class Mixing { public static void of() {} }"),
            "it uses the class dev.inlay.Mixing, which Inlay 0.1.0 does not have"),
        arguments(
            built("Init.normal(1, 2); return input;")
                .compiledWith(
                    "dev.inlay.Init",
                    "package dev.inlay; public abstract class Init {"
                        + " public static Init normal(double a, double b) { return null; } }"),
            "IncompatibleClassChangeError: Method 'Init Init.normal(double, double)' must be"
                + " InterfaceMethodref constant"),
        arguments(
            used()
                .technique("x.B", "used", source -> source.replace("build(", "make("))
                .compiledWith(
                    "dev.inlay.ContextModule",
                    api("ContextModule", "Features build(", "Features make(")),
            "its class x.B lacks the method 'Features build(Record, Features, Scope)' of"
                + " ContextModule, which Inlay 0.1.0 calls"));
  }

  @ParameterizedTest
  @MethodSource
  void inBuild(JarMaker jar, String told) {
    fails(jar, "given(channels=[8], strides=[8]) | used | given-classifier", told);
  }

  @Test
  void aFieldThatThisInlayLacks() {
    fails(
        built("if (input.last().type() == Tensor.Type.COMPLEX) return null; return input;")
            .compiledWith("dev.inlay.Tensor", api("Tensor", "BOOLEAN\n", "BOOLEAN, COMPLEX\n")),
        "given(channels=[8], strides=[8]) | used | given-classifier",
        Runtime.version().feature() < 21
            ? "it reads the field 'COMPLEX', which a class of Inlay 0.1.0 or of a library does not"
                + " have"
            : "it reads the field 'Tensor.Type.COMPLEX', which Inlay 0.1.0 does not have");
  }

  private void fails(JarMaker jar, String spec, String told) {
    jar.write(folder.resolve("used.jar"));
    with(
        "used",
        (technique, techniques) -> {
          says(
              () -> Assembly.of(NetworkSpec.parse(spec, techniques), 2),
              "The technique 'used' of used.jar " + HEAD + told + WAY_OUT);
          String other = "given(channels=[8], strides=[8]) | before | given-classifier";
          assertThat(Assembly.of(NetworkSpec.parse(other, techniques), 2)).isNotNull();
        });
  }

  /** The techniques of the jars, of which one is tried. */
  private interface Trial {
    void run(Technique<?> technique, Techniques techniques);
  }

  private void with(String name, Trial trial) {
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.messages(plugins)).isEmpty();
      List<Techniques.Entry> entries = new ArrayList<>();
      plugins
          .techniques()
          .forEach(each -> entries.add(new Techniques.Entry(each.technique(), each.origin())));
      entries.add(new Techniques.Entry(new GivenMaps(), "class path"));
      entries.add(new Techniques.Entry(new GivenClassifier(), "class path"));
      Technique<?> tried =
          plugins.techniques().stream()
              .filter(each -> each.name().equals(name))
              .findFirst()
              .orElseThrow()
              .technique();
      trial.run(tried, Techniques.of(entries));
    }
  }

  private static void says(Runnable use, String message) {
    InlayException thrown = null;
    try {
      use.run();
    } catch (InlayException e) {
      thrown = e;
    }
    assertThat(thrown).as(message).isNotNull().hasMessage(message);
    assertThat(thrown.getMessage().lines()).hasSize(1);
  }

  /** A technique of another kind whose source is given whole, but for its package and imports. */
  private void write(String source, String apiType, String apiSource) {
    used()
        .source("x.B", "package x; import dev.inlay.*; import java.util.*; " + source)
        .service("x.B")
        .compiledWith("dev.inlay." + apiType, apiSource)
        .write(folder.resolve("used.jar"));
  }

  private static String type(String kind, String body) {
    return ("@Named(value = \"used\", says = \"Uses what is not there.\") public final class B"
            + " implements %s<B.Options> { public record Options() {} %s }")
        .formatted(kind, body);
  }

  private static final String GELU =
      HEAD
          + "it calls the method 'Tensor Tensor.gelu()', which Inlay 0.1.0 does not have"
          + WAY_OUT;

  private void writeWithGelu(String source) {
    write(source, "Tensor", newMember("Tensor", " Tensor gelu();"));
  }

  @Test
  void inTheLoss() {
    write(
        type(
            "Objective",
            "public Tensor loss(Options o, Tensor y, Tensor labels, int ignore, Scope s) {"
                + " return Objective.atLabels(y, labels); }"),
        "Objective",
        api(
            "Objective",
            "extends Technique<O> {",
            "extends Technique<O> { static Tensor atLabels(Tensor y, Tensor labels) { return y; }"));
    with(
        "used",
        (technique, techniques) ->
            says(
                () -> Guard.answer(technique, "loss", () -> loss((Objective<?>) technique)),
                "The technique 'used' of used.jar "
                    + HEAD
                    + "it calls the method 'Tensor Objective.atLabels(Tensor, Tensor)', which Inlay"
                    + " 0.1.0 does not have"
                    + WAY_OUT));
  }

  @SuppressWarnings("NullAway") // the method that is missing comes before any value is looked at
  private static <O extends Record> Object loss(Objective<O> objective) {
    return objective.loss(null, null, null, 255, null);
  }

  @Test
  void inTheNextWeight() {
    writeWithGelu(
        type(
            "Optimizer",
            "public Tensor next(Options o, Tensor weight, Tensor gradient, Tensor rate, Scope s) {"
                + " return weight.gelu(); }"));
    with(
        "used",
        (technique, techniques) ->
            says(
                () -> updated((Optimizer<?>) technique),
                "The technique 'used' of used.jar " + GELU));
  }

  @SuppressWarnings("unchecked") // the class of an optimizer with the options O
  private static <O extends Record> Object updated(Optimizer<O> optimizer) {
    O options = Technique.options((Class<? extends Technique<O>>) optimizer.getClass(), "");
    Parameter weight = new Parameter("a.weight", List.of(4L), Parameter.Kind.TRAINED, Init.ZERO);
    return new OptimizerUpdate(List.of(weight), each -> OptimizerRule.of(optimizer, options));
  }

  private static final String DECODER =
      "public Tensor build(Options o, Features x, Scope s) {"
          + " return s.conv(\"classify\", x.last(), x.classes(), 1); } ";

  @Test
  void inTheUpsamplingAndTheCropCheck() {
    writeWithGelu(
        type(
            "Decoder",
            DECODER
                + "public Tensor upsample(Options o, Tensor y, Features x, Scope s) {"
                + " return y.gelu(); }"));
    with(
        "used",
        (technique, techniques) ->
            says(() -> decoded(techniques), "The technique 'used' of used.jar " + GELU));
    write(
        type(
            "Decoder",
            DECODER
                + "public void checkCrop(Options o, Features x, int height, int width) {"
                + " Check.atMost(height, 64); }"),
        "Check",
        api(
            "Check",
            "  private Check() {}",
            "  private Check() {} public static void atMost(int n, int most) {}"));
    with(
        "used",
        (technique, techniques) ->
            says(
                () -> decoded(techniques).requireCrop(65, 65),
                "The technique 'used' of used.jar "
                    + HEAD
                    + "it calls the method 'void Check.atMost(int, int)', which Inlay 0.1.0 does"
                    + " not have"
                    + WAY_OUT));
  }

  private static Assembly decoded(Techniques techniques) {
    return Assembly.of(NetworkSpec.parse("given(channels=[8], strides=[8]) | used", techniques), 2);
  }

  @Test
  void inThePreparation() {
    write(
        type(
            "Decoder",
            DECODER
                + "public Optional<Preparation> preparation(Options o, Features x) {"
                + " return Optional.of(new Preparation() {"
                + " public String summary() { return \"W\"; }"
                + " public void look(Labels labels) {}"
                + " public Map<String, float[]> parameters() { return Map.of(); }"
                + " public Map<String, Number> figures() { return Map.of(); }"
                + " public Optional<RoundTrip> roundTrip() { return Optional.of(new RoundTrip() {"
                + " public int ratio() { return 8; }"
                + " public Tensor build(Tensor labels, Scope scope) { return labels; }"
                + " }); } }); }"),
        "Preparation",
        api("Preparation", "void see(", "void look("));
    with(
        "used",
        (technique, techniques) -> {
          Preparation preparation = decoded(techniques).preparation().orElseThrow().preparation();
          says(
              () -> preparation.see(new Labels(1, 1, new byte[1], 255)),
              "The technique 'used' of used.jar "
                  + HEAD
                  + "its class x.B$1 lacks the method 'void see(Labels)' of Preparation, which"
                  + " Inlay 0.1.0 calls"
                  + WAY_OUT);
        });
  }

  @Test
  void inTheRoundTrip() {
    writeWithGelu(
        type(
            "Decoder",
            DECODER
                + "public Optional<Preparation> preparation(Options o, Features x) {"
                + " return Optional.of(new Preparation() {"
                + " public String summary() { return \"W\"; }"
                + " public void see(Labels labels) {}"
                + " public Map<String, float[]> parameters() { return Map.of(); }"
                + " public Map<String, Number> figures() { return Map.of(); }"
                + " public Optional<RoundTrip> roundTrip() { return Optional.of(new RoundTrip() {"
                + " public int ratio() { return 8; }"
                + " public Tensor build(Tensor labels, Scope scope) { return labels.gelu(); }"
                + " }); } }); }"));
    with(
        "used",
        (technique, techniques) -> {
          Assembly assembly = decoded(techniques);
          RoundTrip way =
              assembly.preparation().orElseThrow().preparation().roundTrip().orElseThrow();
          says(
              () -> way.build(assembly.logits(), assembly.graph().scope("x")),
              "The technique 'used' of used.jar " + GELU);
        });
  }

  @Test
  void inTheInitialValues() {
    write(
        "@Named(value = \"used\", says = \"Uses what is not there.\") public final class B"
            + " implements ContextModule<B.Options> { public record Options() {}"
            + " public Features build(Options o, Features x, Scope s) {"
            + " s.parameter(\"w\", (values, shape, random) -> Check.fresh(), 3); return x; } }",
        "Check",
        api("Check", "  private Check() {}", "  private Check() {} public static void fresh() {}"));
    with(
        "used",
        (technique, techniques) -> {
          Assembly assembly =
              Assembly.of(
                  NetworkSpec.parse(
                      "given(channels=[8], strides=[8]) | used | given-classifier", techniques),
                  2);
          Parameter w =
              assembly.graph().parameters().values().stream()
                  .filter(each -> each.name().endsWith(".w"))
                  .findFirst()
                  .orElseThrow();
          says(
              () -> w.fill(FloatBuffer.allocate(3), new SplittableRandom(1)),
              "The code of used.jar that gives the initial values of 'used.w' "
                  + HEAD
                  + "it calls the method 'void Check.fresh()', which Inlay 0.1.0 does not have"
                  + WAY_OUT);
        });
  }

  @Test
  void inTheConstructorOfTheOptions() {
    write(
        "@Named(value = \"used\", says = \"Uses what is not there.\") public final class B"
            + " implements ContextModule<B.Options> {"
            + " public record Options() { public Options { Check.fresh(); } }"
            + " public Features build(Options o, Features x, Scope s) { return x; } }",
        "Check",
        api("Check", "  private Check() {}", "  private Check() {} public static void fresh() {}"));
    try (Plugins plugins = bench.load()) {
      Technique<?> technique =
          plugins.techniques().stream()
              .filter(each -> each.name().equals("used"))
              .findFirst()
              .orElseThrow()
              .technique();
      Techniques techniques =
          Techniques.of(
              List.of(
                  new Techniques.Entry(technique, "used.jar"),
                  new Techniques.Entry(new GivenMaps(), "class path"),
                  new Techniques.Entry(new GivenClassifier(), "class path")));
      says(
          () ->
              NetworkSpec.parse(
                  "given(channels=[8], strides=[8]) | used | given-classifier", techniques),
          "The technique 'used' (x.B of used.jar) is at fault: the constructor of its options "
              + HEAD
              + "it calls the method 'void Check.fresh()', which Inlay 0.1.0 does not have"
              + WAY_OUT
              + " Report it to the technique's author.");
    }
  }

  @Test
  void anAnnotationWithoutWhatThisInlayReads() {
    used()
        .technique("x.B", "used", text -> text.replace(", says = \"Passes features on.\"", ""))
        .compiledWith("dev.inlay.Named", api("Named", "String says();", ""))
        .write(folder.resolve("used.jar"));
    bench.refusesOnly(
        "used.jar (used): the technique class x.B "
            + HEAD
            + "its annotation @Named has no 'says', which Inlay 0.1.0 reads"
            + WAY_OUT.substring(0, WAY_OUT.length() - 1));
  }

  @Test
  void aPaperWithoutWhatThisInlayReads() {
    used()
        .technique(
            "x.B",
            "used",
            text -> text.replace("@Named", "@Cites(authors = \"A\", title = \"T\") @Named"))
        .compiledWith(
            "dev.inlay.Cites",
            "package dev.inlay; import java.lang.annotation.*;"
                + " @Retention(RetentionPolicy.RUNTIME) public @interface Cites {"
                + " String authors(); String title(); String arxiv() default \"1709.01507\"; }")
        .write(folder.resolve("used.jar"));
    with(
        "used",
        (technique, techniques) ->
            says(
                () -> Metadata.of(technique).paper(),
                "The technique 'used' of used.jar "
                    + HEAD
                    + "its annotation @Cites has no 'venue', which Inlay 0.1.0 reads"
                    + WAY_OUT));
  }

  @Test
  void aJarOfTheClassPathThatBringsNoBackboneIsTakenForUnmerged() {
    try (Plugins plugins = bench.load()) {
      assertThat(Registry.of(plugins, List.of()).techniques().where())
          .isEqualTo(
              "Looked on the class path. Inlay's own techniques are missing, too. If Inlay is packed"
                  + " into one jar with others, merge their files"
                  + " META-INF/services/dev.inlay.Technique (maven-shade-plugin:"
                  + " ServicesResourceTransformer; Gradle Shadow: mergeServiceFiles()). If not, add"
                  + " the dependency dev.inlay:inlay, or the jars of techniques.");
    }
    Plugins ofCore = Plugins.load(List.of(), Technique.class.getClassLoader(), "0.1.0");
    assertThat(Registry.of(ofCore, List.of()).techniques().where())
        .startsWith("Looked on the class path. No backbone is there at all. If Inlay is packed");
  }
}
