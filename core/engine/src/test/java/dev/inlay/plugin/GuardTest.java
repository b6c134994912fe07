package dev.inlay.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.inlay.Check;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.guard.Guard;
import dev.inlay.guard.Watch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            "The technique 'used' of plugin jar used.jar was built against another version of Inlay:"
                + " it calls the method 'void Check.fresh(int)', which Inlay 0.1.0 does not have;"
                + " use a version of it that is made for Inlay 0.1.0, or rebuild it against"
                + " inlay-api 0.1.0.");
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
            "The technique 'used' of plugin jar used.jar was built against another version of Inlay:"
                + " it uses the class dev.inlay.NewThing, which Inlay 0.1.0 does not have; use a"
                + " version of it that is made for Inlay 0.1.0, or rebuild it against inlay-api"
                + " 0.1.0.");
  }

  @Test
  void libraryThatTheJarLacks() {
    assertThatThrownBy(
            () ->
                build(
                    "new lib.Json(); return null;",
                    maker -> maker.compiledWith("lib.Json", "package lib; public class Json {}")))
        .hasMessage(
            "The technique 'used' of plugin jar used.jar cannot be linked: NoClassDefFoundError: there"
                + " is no class lib.Json.");
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
            "The technique 'used' of plugin jar used.jar was built against another version of Inlay:"
                + " its class x.B lacks the method 'Features build(Record, Features, Scope)' of"
                + " ContextModule, which Inlay 0.1.0 calls; ");
  }

  @Test
  void whatTheTechniqueRefusesIsNotChanged() {
    assertThatThrownBy(() -> build("throw new InlayException(\"rates is []\");"))
        .isInstanceOf(InlayException.class)
        .hasMessage("rates is []")
        .hasNoCause();
    assertThatThrownBy(
            () ->
                Guard.call(
                    "t", Check.class, "plugin jar t.jar", "0.1.0", () -> refuse("stride is 5")))
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
  void outOfMemoryIsOfTheTechniqueThatAsks() {
    assertThatThrownBy(() -> build("throw new OutOfMemoryError(\"heap\");"))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith(
            "The technique 'used' of plugin jar used.jar needs more memory than Java has:"
                + " OutOfMemoryError: heap; if it must have it, give Java more with -Xmx");
    assertThatThrownBy(() -> build("int[][] all = new int[1 << 30][1 << 30]; return null;"))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("needs more memory than Java has: OutOfMemoryError: ");
  }

  /** Bodies that throw what is hard to tell, and what the message says of it. */
  static Stream<Arguments> hostileExceptions() {
    String error = "throw new IllegalStateException();";
    return Stream.of(
        arguments("throw new Error(\"no\");", "failed with Error: no"),
        arguments("throw new AssertionError(null);", "failed with AssertionError"),
        arguments("throw new ThreadDeath();", "failed with ThreadDeath"),
        arguments("throw null;", "failed with NullPointerException"),
        arguments(odd("getMessage", "String", "return null;"), "failed with Odd at "),
        arguments(odd("getMessage", "String", error), "Odd: (its message cannot be read)"),
        arguments(
            odd("getMessage", "String", "return getMessage();"),
            "Odd: (its message cannot be read)"),
        arguments(
            odd("getMessage", "String", "throw new OutOfMemoryError();"),
            "Odd: (its message cannot be read)"),
        arguments(
            odd("getMessage", "String", "return \"m\".repeat(50_000_000);"), "m".repeat(300) + "…"),
        arguments(odd("getCause", "Throwable", error), "failed with Odd: odd at "),
        arguments(odd("getCause", "Throwable", "return this;"), "Odd: odd, caused by Odd: odd"),
        arguments(
            odd("getCause", "Throwable", "return new Odd();"), "Odd: odd, caused by Odd: odd"),
        arguments(odd("getStackTrace", "StackTraceElement[]", "return null;"), "with Odd: odd;"),
        arguments(
            odd("getStackTrace", "StackTraceElement[]", "return new StackTraceElement[1];"),
            "with Odd: odd;"),
        arguments(odd("getStackTrace", "StackTraceElement[]", error), "with Odd: odd;"),
        arguments(odd("toString", "String", error), "failed with Odd: odd at "),
        arguments(odd("getLocalizedMessage", "String", error), "failed with Odd: odd at "),
        arguments(
            "throw new RuntimeException(\"outer\", new RuntimeException(\"inner\") {"
                + " public String toString() { throw new IllegalStateException(); }"
                + " public String getMessage() { throw new IllegalStateException(); } });",
            "RuntimeException: outer, caused by"),
        arguments(
            "RuntimeException a = new RuntimeException(\"a\");"
                + " RuntimeException b = new RuntimeException(\"b\", a); a.initCause(b); throw a;",
            "RuntimeException: a, caused by RuntimeException: b"));
  }

  private static String odd(String method, String type, String body) {
    return ("class Odd extends RuntimeException { Odd() { super(\"odd\"); }"
            + " public synchronized %s %s() { %s } }\nthrow new Odd();")
        .formatted(type, method, body);
  }

  @ParameterizedTest
  @MethodSource("hostileExceptions")
  void exceptionsThatAreHardToTell(String body, String told) {
    InlayException thrown = catchThrowableOfType(InlayException.class, () -> build(body));
    assertThat(thrown)
        .hasMessageStartingWith("The technique 'used' of plugin jar used.jar ")
        .hasMessageContaining(told)
        .hasMessageEndingWith("; this is a fault of the technique, not of the network.");
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).contains("Caused by: ");
  }

  /** Bodies that change what all share, each undone after the call. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Thread.currentThread().setContextClassLoader(null);",
        "java.util.Locale.setDefault(java.util.Locale.forLanguageTag(\"tr\"));",
        "java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone(\"Asia/Tokyo\"));",
        "System.setOut(null);",
        "System.setErr(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));",
        "System.setIn(java.io.InputStream.nullInputStream());",
        "System.setProperty(\"inlay.home\", \"/nowhere\");",
        "System.clearProperty(\"user.home\");",
        "System.setProperties(new java.util.Properties());",
      })
  void whatAllShareIsAsBefore(String body) {
    List<Object> before = shared();
    Properties properties = System.getProperties();
    try {
      build(
          body
              + " return new Features(null, 7, java.util.List.of(), java.util.List.of(),"
              + " java.util.Map.of());");
      assertThat(shared()).isEqualTo(before);
      assertThatThrownBy(() -> build(body + " throw new IllegalStateException();"))
          .isInstanceOf(InlayException.class);
      assertThat(shared()).isEqualTo(before);
    } finally {
      System.setProperties(properties);
    }
  }

  @Test
  void anInterruptByTheHostWhileItBuildsIsKept() {
    String result =
        "return new Features(null, 7, java.util.List.of(), java.util.List.of(), java.util.Map.of());";
    for (String body :
        List.of(
            "while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait(); " + result,
            "while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();"
                + " if (true) throw new IllegalStateException(); "
                + result,
            "B.<RuntimeException>sleep(); "
                + result
                + "} static <E extends Exception> void sleep() throws E {"
                + " try { Thread.sleep(60_000); } catch (InterruptedException e) { throw (E) e; }")) {
      assertThat(isInterruptedAfter(body)).describedAs(body).isTrue();
    }
  }

  @Test
  void anInterruptByAConstructorIsCleared() {
    for (String body :
        List.of(
            "Thread.currentThread().interrupt();",
            "Thread.currentThread().interrupt(); if (true) throw new IllegalStateException();")) {
      JarMaker.plugin("used")
          .technique("x.B", "used", source -> source.replace("B() {", "B() {" + body))
          .write(folder.resolve("used.jar"));
      try (Plugins plugins = bench.load()) {
        assertThat(plugins.techniques()).hasSizeGreaterThan(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        Thread.currentThread().interrupt();
        bench.load().close();
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  /** Builds on a thread that is interrupted shortly after the build has begun. */
  private boolean isInterruptedAfter(String body) {
    AtomicBoolean interrupted = new AtomicBoolean();
    String announced = "System.setProperty(\"inlay.test.builds\", \"yes\"); ";
    Thread thread =
        new Thread(
            () -> {
              try {
                build(announced + body);
              } catch (InlayException e) {
                // Some bodies fail; the interrupt counts.
              }
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    System.clearProperty("inlay.test.builds");
    thread.start();
    try {
      while (System.getProperty("inlay.test.builds") == null && thread.isAlive()) {
        Thread.sleep(1);
      }
      thread.interrupt();
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      System.clearProperty("inlay.test.builds");
    }
    return interrupted.get();
  }

  private static List<Object> shared() {
    return Arrays.asList(
        Thread.currentThread().getContextClassLoader(),
        Locale.getDefault(),
        Locale.getDefault(Locale.Category.FORMAT),
        TimeZone.getDefault(),
        System.out,
        System.err,
        System.in,
        System.getProperty("inlay.home"),
        System.getProperty("user.home"),
        System.getProperty("line.separator"));
  }

  @Test
  void codeThatRunsForLongIsNamed() {
    List<String> told = new CopyOnWriteArrayList<>();
    Watch.tell(told::add);
    try {
      build(
          "long end = System.nanoTime() + 6_600_000_000L;"
              + " while (System.nanoTime() < end) Thread.onSpinWait();"
              + " return new Features(null, 7, java.util.List.of(), java.util.List.of(),"
              + " java.util.Map.of());");
    } finally {
      Watch.tellLog();
    }
    assertThat(told)
        .singleElement()
        .asString()
        .matches(
            "Code of plugin jar used.jar has been running for [56] seconds at"
                + " x\\.B\\.build\\(B\\.java:7\\)\\. If it never ends, .*");
  }
}
