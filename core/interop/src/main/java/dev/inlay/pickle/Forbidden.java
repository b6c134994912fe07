package dev.inlay.pickle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Callables that attacks use and no honest checkpoint contains, listed in the resource {@code
 * forbidden.txt}.
 *
 * <p>Inlay never calls anything in a checkpoint, so the list does not protect Inlay itself. It
 * protects users who also open the file with other programs: Inlay refuses a file that would run a
 * shell in them, rather than import it as if it were harmless.
 */
final class Forbidden {

  private static final String ALL_OF_MODULE = ".*";
  private static final String BUILTINS = "builtins";

  private static final Set<String> NAMES = read();

  private Forbidden() {}

  private static Set<String> read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Forbidden.class.getResourceAsStream("forbidden.txt")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException("forbidden.txt", e);
    }
  }

  /** Whether a pickle that contains this name is refused. */
  static boolean contains(String module, String name) {
    String[] modules = module.split("\\.", -1);
    String[] names = name.split("\\.", -1);
    if (isModule(modules[0]) || NAMES.contains(module + "." + name)) {
      return true;
    }
    // A dotted name reaches through an attribute: the name os.system in torch.serialization.
    if (names.length > 1
        && Arrays.stream(names, 0, names.length - 1)
            .anyMatch(part -> isModule(part) || (part.startsWith("__") && part.endsWith("__")))) {
      return true;
    }
    boolean builtin = modules[0].equals(BUILTINS) || modules[0].equals("__builtin__");
    return builtin && NAMES.contains(BUILTINS + "." + names[0]);
  }

  private static boolean isModule(String name) {
    return NAMES.contains(name + ALL_OF_MODULE);
  }
}
