package dev.inlay.torch;

import ai.djl.util.Platform;
import ai.djl.util.Utils;
import dev.inlay.InlayException;
import dev.inlay.files.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine's native library on disk. It is unpacked from its jar at the first use, by one process
 * at a time: into a folder beside its place, which is then renamed. Whatever ends the process, the
 * place holds the whole library or nothing.
 */
final class EngineLibrary {

  private static final String CACHE = "DJL_CACHE_DIR";
  private static final String LOCK = ".inlay-unpacking.lock";
  private static final String DRAFT = ".inlay-unpacking-";
  private static final long WAIT_NANOS = 50_000_000;

  private EngineLibrary() {}

  /**
   * Unpacks the library unless it is there.
   *
   * @throws InlayException if no jar on the class path has it, or the folder cannot be written
   */
  static void unpack() {
    if (Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH") != null
        || Utils.getEnvOrSystemProperty("PYTORCH_VERSION") != null) {
      return; // The user's own library; DJL finds it.
    }
    chooseCache(System.getenv());
    Platform platform = Platform.detectPlatform("pytorch");
    if (platform.isPlaceholder()) {
      requireDownload(platform);
      return;
    }
    Path cache = Utils.getEngineCacheDir("pytorch");
    try {
      unpack(cache, platform);
    } catch (IOException e) {
      throw new InlayException(
          ("The engine's library cannot be unpacked into %s: %s. Set the variable %s to a folder that"
                  + " can be written and has 1 GB of free space.")
              .formatted(cache, Reason.of(e), CACHE),
          e);
    }
  }

  /** DJL can download the library where no jar has it, but only if the user lets it. */
  private static void requireDownload(Platform platform) {
    if (Utils.isOfflineMode()) {
      String artifact = platform.getFlavor().startsWith("cu") ? "cu128" : "cpu";
      throw new InlayException(
          ("The engine's native library is not on the class path. Add the dependency"
                  + " ai.djl.pytorch:pytorch-native-%s:%s with the classifier %s, or let DJL"
                  + " download it with -Dai.djl.offline=false.")
              .formatted(artifact, platform.getVersion(), platform.getClassifier()));
    }
  }

  /**
   * Sets DJL's cache folder where the user's home is unknown, as in containers that run as a user
   * without a name: Java then calls it "?", which is a folder of the current one.
   */
  static void chooseCache(Map<String, String> environment) {
    Path home = Path.of(System.getProperty("user.home", "?"));
    if (home.isAbsolute() && Files.isWritable(home)) {
      return;
    }
    List<String> candidates = new ArrayList<>();
    Optional.ofNullable(environment.get("HOME")).ifPresent(candidates::add);
    Optional.ofNullable(environment.get("XDG_CACHE_HOME")).ifPresent(candidates::add);
    candidates.add(System.getProperty("java.io.tmpdir"));
    for (String candidate : candidates) {
      Path folder = Path.of(candidate);
      if (folder.isAbsolute() && Files.isDirectory(folder) && Files.isWritable(folder)) {
        setUnlessGiven(CACHE, folder.resolve(".djl.ai"), "ENGINE_CACHE_DIR");
        setUnlessGiven("jna.tmpdir", folder, "jna.tmpdir");
        return;
      }
    }
  }

  private static void setUnlessGiven(String property, Path value, String other) {
    if (Utils.getEnvOrSystemProperty(property) == null
        && Utils.getEnvOrSystemProperty(other) == null) {
      System.setProperty(property, value.toString());
    }
  }

  private static void unpack(Path cache, Platform platform) throws IOException {
    String flavor = platform.getFlavor();
    String classifier = platform.getClassifier();
    Path folder = cache.resolve(platform.getVersion() + "-" + flavor + "-" + classifier);
    String main = System.mapLibraryName("torch");
    if (Files.exists(folder.resolve(main))) {
      return;
    }
    Map<String, String> resources = new LinkedHashMap<>();
    for (String library : platform.getLibraries()) {
      resources.put(library, "pytorch/" + flavor + "/" + classifier + "/" + library);
    }
    String bridge = System.mapLibraryName("djl_torch");
    resources.put(
        platform.getApiVersion() + "-" + bridge,
        "jnilib/" + classifier + "/" + flavor + "/" + bridge);
    Files.createDirectories(cache);
    try (FileChannel file =
            FileChannel.open(
                cache.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(file)) {
      if (!Files.exists(folder.resolve(main))) {
        sweep(cache);
        unpack(folder, resources);
      }
    }
  }

  /** Waits for other processes, and for other class loaders of this one. */
  private static FileLock lock(FileChannel file) throws IOException {
    while (true) {
      try {
        return file.lock();
      } catch (OverlappingFileLockException e) {
        LockSupport.parkNanos(WAIT_NANOS);
      }
    }
  }

  /** Deletes what processes have left that were ended while they unpacked. */
  private static void sweep(Path cache) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(DRAFT))
          .forEach(Utils::deleteQuietly);
    }
  }

  private static void unpack(Path folder, Map<String, String> resources) throws IOException {
    Path draft = folder.resolveSibling(DRAFT + UUID.randomUUID());
    try {
      Files.createDirectory(draft);
      for (Map.Entry<String, String> file : resources.entrySet()) {
        copy(file.getValue(), draft.resolve(file.getKey()));
      }
      Utils.deleteQuietly(folder); // A folder without its main library is of no use.
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Utils.deleteQuietly(draft);
    }
  }

  private static void copy(String resource, Path file) throws IOException {
    try (@Nullable InputStream bytes =
        EngineLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new InlayException(
            ("The engine's jars do not fit together: none on the class path has %s. Use one version"
                    + " of pytorch-engine, pytorch-jni and pytorch-native.")
                .formatted(resource));
      }
      Files.copy(bytes, file);
    }
  }
}
