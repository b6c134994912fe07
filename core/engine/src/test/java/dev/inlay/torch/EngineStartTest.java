package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.inlay.Dim;
import dev.inlay.InlayException;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine's start in fresh processes of different kinds. */
final class EngineStartTest {

  @TempDir private Path folder;

  /** What a process printed and how it ended. */
  private record Ended(int code, String output) {}

  // Each child process does one of these.

  /** Starts the engine and prints its version. */
  static final class Starts {
    public static void main(String[] args) {
      try {
        System.out.println("version " + Torch.version());
      } catch (InlayException e) {
        System.out.println(e.getMessage());
      }
      System.out.println("cache " + System.getProperty("DJL_CACHE_DIR"));
    }
  }

  /** Opens a connection of the kind that DJL opens, to a port where nobody listens. */
  static final class Connects {
    public static void main(String[] args) throws IOException {
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      try {
        new URL("http://127.0.0.1:" + port).openConnection(Proxy.NO_PROXY).connect();
      } catch (ConnectException e) {
        System.out.println("refused");
      }
    }
  }

  /** Starts the engine with context loaders that know nothing of it. */
  static final class StartsUnderForeignLoaders {
    public static void main(String[] args) {
      ClassLoader foreign = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader());
      ClassLoader given = args[0].equals("none") ? null : foreign;
      Thread.currentThread().setContextClassLoader(given);
      System.out.println("version " + Torch.version());
      System.out.println("kept " + (Thread.currentThread().getContextClassLoader() == given));
    }
  }

  /** Starts the engine in two class loaders. */
  static final class StartsTwice {
    public static void main(String[] args) throws Exception {
      List<URL> path = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        path.add(Path.of(entry).toUri().toURL());
      }
      for (int i = 0; i < 2; i++) {
        ClassLoader loader =
            new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        try {
          Object version =
              loader.loadClass(Torch.class.getName()).getMethod("version").invoke(null);
          System.out.println("version " + version);
        } catch (InvocationTargetException e) {
          System.out.println(e.getCause().getClass().getSimpleName() + " " + e.getCause());
        }
      }
    }
  }

  /** Computes without end, on all processors. */
  static final class Computes {
    public static void main(String[] args) {
      Graph graph = new Graph();
      Tensor image =
          graph.input("x", Tensor.Type.FLOAT, Dim.of(1), Dim.of(32), Dim.of(96), Dim.of(96));
      Scope scope = graph.scope("");
      Tensor output = scope.conv("conv", image, 32, 3);
      HostArray x = new HostArray(new long[] {1, 32, 96, 96}, new float[32 * 96 * 96]);
      HostArray weight = new HostArray(new long[] {32, 32, 3, 3}, new float[32 * 32 * 9]);
      try (Computation computation =
          new Computation(
              graph, List.of(output), ProgramOptions.INFERENCE, Map.of("conv.weight", weight))) {
        for (long i = 0; ; i++) {
          computation.run(Map.of("x", x));
          if (i == 20) {
            System.out.println("computing");
          }
        }
      }
    }
  }

  @Test
  void noConnectionIsOpened() throws Exception {
    List<String> watched = List.of("-verbose:class");
    String connections = "sun.net.www.protocol.http.HttpURLConnection ";

    assertThat(run(Starts.class, watched).output())
        .contains("version ")
        .doesNotContain(connections);
    assertThat(run(Connects.class, watched).output()).as("it would be seen").contains(connections);
  }

  @Test
  void anyContextLoaderWillDoAndStays() throws Exception {
    for (String kind : List.of("none", "foreign")) {
      Ended ended = run(StartsUnderForeignLoaders.class, List.of(), kind);

      assertThat(ended.output()).as(kind).startsWith("version ").contains("kept true");
      assertThat(ended.code()).as(kind).isZero();
    }
  }

  @Test
  void secondClassLoaderIsToldOfTheLimit() throws Exception {
    assertThat(run(StartsTwice.class, List.of()).output().lines())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("version "),
            second ->
                assertThat(second)
                    .startsWith("InlayException ")
                    .contains(
                        "loaded already, by another class loader of this process",
                        "Let one class loader"));
  }

  @Test
  void missingLibraryIsNamedAsADependency() throws Exception {
    assertThat(run(Starts.class, List.of("-cp", pathWithout("pytorch-native-cpu"))).output())
        .startsWith(
            "The engine's native library is not on the class path. Add the dependency"
                + " ai.djl.pytorch:pytorch-native-")
        .contains("with the classifier ");
    assertThat(
            run(
                    Starts.class,
                    List.of(
                        "-cp",
                        pathWithout("pytorch-jni"),
                        "-DDJL_CACHE_DIR=" + folder.resolve("cache")))
                .output())
        .startsWith("The engine's jars do not fit together: none on the class path has jnilib/");
    assertThat(run(Starts.class, List.of("-cp", pathWithout("pytorch-engine"))).output())
        .startsWith("The engine is not on the class path. Add the dependency");
  }

  @Test
  void unusableCacheNamesTheVariable() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(run(Starts.class, List.of("-DDJL_CACHE_DIR=" + file.resolve("in"))).output())
        .startsWith("The engine's library cannot be unpacked into " + file.resolve("in"))
        .contains("Set the variable DJL_CACHE_DIR to a folder that can be written");
  }

  @Test
  void userWithoutAHomeHasTheCacheInTheVariablesFolder() throws Exception {
    Ended ended = run(Starts.class, List.of("-Duser.home=?"));

    assertThat(ended.output()).contains("cache " + folder.resolve(".djl.ai"));
    assertThat(folder.resolve("?")).doesNotExist();
  }

  @Test
  void leftoversAreSweptAndTheLibraryIsWhole() throws Exception {
    Path cache = folder.resolve("cache/pytorch");
    Path left = Files.createDirectories(cache.resolve(".inlay-unpacking-of-a-killed-process"));
    Files.writeString(left.resolve("libtorch_cpu.so"), "half");

    Ended ended = run(Starts.class, List.of("-DDJL_CACHE_DIR=" + folder.resolve("cache")));

    assertThat(ended.output()).startsWith("version ");
    assertThat(left).doesNotExist();
    try (var files = Files.list(cache)) {
      assertThat(files.filter(Files::isDirectory)).hasSize(1);
    }
  }

  @Test
  void terminatedWhileItComputesTheProcessEndsWithoutACrash() throws Exception {
    assumeThat(File.separatorChar).as("signals end a process").isEqualTo('/');
    for (int i = 0; i < 2; i++) {
      Process process = start(Computes.class, List.of("-XX:+UseSerialGC"));
      process.inputReader().readLine();
      process.destroy();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("SIGTERM's").isEqualTo(143);
    }
  }

  private static String pathWithout(String artifact) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith(artifact))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Ended run(Class<?> main, List<String> options, String... args) throws Exception {
    Process process = start(main, options, args);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private Process start(Class<?> main, List<String> options, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.logFile=System.out"));
    command.addAll(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=off"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(options); // Of two class paths the last one counts.
    command.add(main.getName());
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("HOME", folder.toString());
    builder.environment().remove("OMP_WAIT_POLICY");
    return builder.start();
  }
}
