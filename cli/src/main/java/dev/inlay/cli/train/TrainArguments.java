package dev.inlay.cli.train;

import dev.inlay.InlayException;
import dev.inlay.train.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The arguments of {@code inlay train}, with the options of the folder that {@code --resume} names
 * before those that are given.
 */
public final class TrainArguments {

  private static final String RESUME = "--resume";

  /** The options that do not change what a training computes, or say where it does so. */
  private static final Set<String> FREE =
      Set.of(
          RESUME,
          "--workers",
          "--device",
          "--threads",
          "--plugins",
          "--locked",
          "--debug",
          "--help",
          "-h");

  private TrainArguments() {}

  /**
   * The arguments in full; unchanged unless a training is resumed.
   *
   * @throws InlayException if the folder has no training, or an option is given that it has already
   */
  public static String[] full(String[] arguments) {
    Optional<String> folder = value(arguments, RESUME);
    if (arguments.length == 0 || !arguments[0].equals("train") || folder.isEmpty()) {
      return arguments;
    }
    RunFolder.requireTraining(Path.of(folder.get()));
    Path config = Path.of(folder.get()).resolve(RunFolder.CONFIG);
    List<String> full = new ArrayList<>(List.of("train", "--out=" + folder.get()));
    Set<String> given = new TreeSet<>();
    for (String argument : arguments) {
      if (argument.startsWith("-") && argument.length() > 1) {
        given.add(argument.split("=", 2)[0]);
      }
    }
    for (String option : given) {
      if (!FREE.contains(option)) {
        throw new InlayException(
            "--resume goes on with the options in %s, so %s can't be given. Leave it out, or begin a new training with --out."
                .formatted(config, option));
      }
    }
    for (Map.Entry<String, String> option : RunFile.read(config).options().entrySet()) {
      String name = "--" + option.getKey();
      if (!given.contains(name)) {
        full.add(name + "=" + option.getValue());
      }
    }
    full.addAll(Arrays.asList(arguments).subList(1, arguments.length));
    return full.toArray(String[]::new);
  }

  /** The value of an option that is given as {@code --name value} or {@code --name=value}. */
  private static Optional<String> value(String[] arguments, String name) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith(name + "=")) {
        return Optional.of(arguments[i].substring(name.length() + 1));
      }
      if (arguments[i].equals(name) && i + 1 < arguments.length) {
        return Optional.of(arguments[i + 1]);
      }
    }
    return Optional.empty();
  }
}
