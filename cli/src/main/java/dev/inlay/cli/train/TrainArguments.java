package dev.inlay.cli.train;

import dev.inlay.InlayException;
import dev.inlay.train.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

/**
 * The arguments of {@code inlay train} and {@code inlay config show} in full: with the settings of
 * the recipe, the configuration file and {@code -s}, or of the folder that {@code --resume} names.
 */
public final class TrainArguments {

  private static final String RESUME = "--resume";
  private static final String RECIPE = "--recipe";
  private static final String CONFIG = "--config";
  private static final List<String> SET = List.of("-s", "--set");

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
   * The arguments in full; unchanged for other commands.
   *
   * @throws InlayException if a setting is wrong; if the folder that is resumed has no training, or
   *     an option is given that it has already
   */
  public static String[] full(String[] arguments) {
    int command = commandWords(arguments);
    if (command == 0) {
      return arguments;
    }
    List<String> own = Arrays.asList(arguments).subList(command, arguments.length);
    List<String> full = new ArrayList<>(Arrays.asList(arguments).subList(0, command));
    List<String> resumed = values(own, List.of(RESUME));
    Set<String> given = given(own);
    if (!resumed.isEmpty()) {
      full.add("--out=" + resumed.get(0));
      for (Setting each : resumed(Path.of(resumed.get(0)), given)) {
        full.add(each.argument());
      }
    } else {
      for (Setting each : layers(own).values()) {
        if (!given.contains(each.option())) {
          full.add(each.argument());
        }
      }
    }
    full.addAll(own);
    return full.toArray(String[]::new);
  }

  /** The words that name the command; 0 for a command without such settings. */
  private static int commandWords(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals("train")) {
      return 1;
    }
    return arguments.length > 1 && arguments[0].equals("config") && arguments[1].equals("show")
        ? 2
        : 0;
  }

  private static List<Setting> resumed(Path folder, Set<String> given) {
    RunFolder.requireTraining(folder);
    Path config = folder.resolve(RunFolder.CONFIG);
    for (String option : given) {
      if (!FREE.contains(option)) {
        throw new InlayException(
            "--resume goes on with the options in %s, so %s can't be given. Leave it out, or begin a new training with --out."
                .formatted(config, option));
      }
    }
    return RunFile.read(config).settings().stream()
        .filter(setting -> !given.contains(setting.option()))
        .toList();
  }

  /**
   * The settings by option, weakest layer first: recipe, file, {@code -s}; a stronger one replaces
   * a weaker one.
   *
   * @throws InlayException if a layer is wrong
   */
  static Map<String, Setting> layers(List<String> arguments) {
    List<Setting> all = new ArrayList<>();
    single(arguments, RECIPE).ifPresent(name -> all.addAll(Recipes.of(name)));
    single(arguments, CONFIG)
        .ifPresent(file -> all.addAll(ConfigFile.read(Path.of(file), RunFile.BESIDES)));
    for (String set : values(arguments, SET)) {
      int equals = set.indexOf('=');
      if (equals < 1) {
        throw new InlayException(
            "-s is '%s', but must be a setting and its value, as in -s optimizer.rate=0.02."
                .formatted(set));
      }
      String option = Settings.option(set.substring(0, equals).strip(), "-s " + set);
      all.add(new Setting(option, set.substring(equals + 1).strip(), "-s"));
    }
    Map<String, Setting> byOption = new LinkedHashMap<>();
    all.forEach(setting -> byOption.put(setting.option(), setting));
    requireValues(byOption);
    return byOption;
  }

  /** Parses each value as its option would, so that a message can say where it stands. */
  private static void requireValues(Map<String, Setting> settings) {
    for (Setting each : settings.values()) {
      try {
        TrainCommand.options().parseArgs(each.argument());
      } catch (CommandLine.MissingParameterException e) {
        continue; // Other options may stand elsewhere.
      } catch (CommandLine.ParameterException e) {
        throw new InlayException(
            "%s has the setting %s=%s, which %s does not take: %s."
                .formatted(
                    each.origin(),
                    Settings.key(each.option()).orElse(each.option()),
                    each.value(),
                    each.option(),
                    String.valueOf(e.getMessage()).replaceAll("\\.$", "")),
            e);
      }
    }
  }

  /** The names of the options that are given. */
  static Set<String> given(List<String> arguments) {
    Set<String> given = new TreeSet<>();
    for (String argument : arguments) {
      if (argument.startsWith("-") && argument.length() > 1) {
        given.add(argument.split("=", 2)[0]);
      }
    }
    return given;
  }

  private static Optional<String> single(List<String> arguments, String name) {
    List<String> values = values(arguments, List.of(name));
    if (values.size() > 1) {
      throw new InlayException(
          "%s is given %d times (%s), but can be given once. Leave out the others."
              .formatted(name, values.size(), String.join(", ", values)));
    }
    return values.stream().findFirst();
  }

  /** The values of an option that is given as {@code --name value} or {@code --name=value}. */
  private static List<String> values(List<String> arguments, List<String> names) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      if (names.contains(argument) && i + 1 < arguments.size()) {
        values.add(arguments.get(++i));
      } else if (equals > 0 && names.contains(argument.substring(0, equals))) {
        values.add(argument.substring(equals + 1));
      }
    }
    return values;
  }
}
