package dev.inlay.plugin;

import dev.inlay.InlayException;
import dev.inlay.guard.Causes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A plugin jar that was loaded.
 *
 * @param path where it lies
 * @param id its plugin id
 * @param version its version
 * @param techniques the names of the techniques it provides, sorted
 * @param skipped whether all its technique classes are on the class path too; then the class path
 *     provides them and this jar provides none
 * @param signers the names of those who signed the jar; empty without a signature
 */
public record PluginJar(
    Path path,
    String id,
    String version,
    List<String> techniques,
    boolean skipped,
    List<String> signers) {

  public PluginJar {
    techniques = List.copyOf(techniques);
    signers = List.copyOf(signers);
  }

  /** The SHA-256 of the file as 64 hexadecimal digits; each call reads the file. */
  public String sha256() {
    try {
      return AllowList.sha256(path);
    } catch (IOException e) {
      throw new InlayException("Cannot read %s: %s.".formatted(path, Causes.inWords(e)), e);
    }
  }
}
