package dev.inlay.cli.train;

import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.Workbench;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** {@code inlay config show}: every setting of a training with where it came from. */
@Command(
    name = "show",
    description =
        "Prints every setting of a training with its value and where that came from: a built-in"
            + " default, a recipe, a file, -s, or an option. It takes the options of inlay train;"
            + " what it prints is a configuration file.",
    footer = {
      "",
      "Examples:",
      "  inlay config show",
      "  inlay config show --recipe mmsegmentation --batch 4",
      "  inlay config show --config run.yaml -s optimizer.rate=0.02 > other.yaml",
      "  inlay config show --recipe segformer --json",
    })
public final class ConfigShowCommand implements Runnable {

  private static final String JSON = "--json";

  private final Workbench bench;

  @Parameters(
      arity = "0..*",
      paramLabel = "OPTION",
      description = "Options of inlay train, --recipe, --config and -s among them; or --json.")
  private List<String> arguments = List.of();

  public ConfigShowCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    List<String> own = arguments.stream().filter(each -> !each.equals(JSON)).toList();
    Map<String, Setting> layers = TrainArguments.layers(own);
    Set<String> given = TrainArguments.given(own);
    CommandLine train = TrainCommand.options();
    try {
      train.parseArgs(own.toArray(String[]::new));
    } catch (CommandLine.MissingParameterException e) {
      // What is missing stands without a value.
    }
    Map<String, ConfigFile.Line> lines = new LinkedHashMap<>();
    for (String option : Settings.keys().keySet()) {
      OptionSpec spec = train.getCommandSpec().findOption(option);
      @Nullable Object value = spec.getValue();
      boolean unset = value == null || spec.required() && String.valueOf(value).isEmpty();
      @Nullable Setting layer = layers.get(option);
      String origin =
          layer != null && isFrom(layer, own)
              ? layer.origin()
              : given.contains(option) ? option : unset ? "not set" : "default";
      lines.put(option, new ConfigFile.Line(unset ? null : plain(value), origin));
    }
    if (arguments.contains(JSON)) {
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      lines.forEach(
          (option, line) -> {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("value", line.value());
            entry.put("from", line.comment());
            all.put(Settings.key(option).orElse(option), entry);
          });
      bench.out().println(Json.pretty(all));
    } else {
      bench
          .out()
          .print(
              ConfigFile.commented(
                  (option, key) ->
                      lines.getOrDefault(option, new ConfigFile.Line(null, "not set"))));
    }
  }

  /** Whether a setting of a layer was taken, and not the same option given by hand. */
  private static boolean isFrom(Setting layer, List<String> arguments) {
    return arguments.contains(layer.argument());
  }

  private static Object plain(Object value) {
    return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
  }
}
