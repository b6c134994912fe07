package dev.inlay.cli;

import dev.inlay.InlayException;
import dev.inlay.cli.author.CheckCommand;
import dev.inlay.cli.author.NewCommand;
import dev.inlay.cli.author.TraceCommand;
import dev.inlay.cli.common.CommonOptions;
import dev.inlay.cli.common.Failures;
import dev.inlay.cli.common.HarmlessWriter;
import dev.inlay.cli.common.Workbench;
import dev.inlay.cli.data.DatasetCommand;
import dev.inlay.cli.demo.DemoCommand;
import dev.inlay.cli.doctor.DoctorCommand;
import dev.inlay.cli.look.DescribeCommand;
import dev.inlay.cli.look.ListCommand;
import dev.inlay.cli.look.PluginsCommand;
import dev.inlay.cli.look.SummaryCommand;
import dev.inlay.cli.score.BenchCommand;
import dev.inlay.cli.score.EvaluateCommand;
import dev.inlay.cli.score.PredictCommand;
import dev.inlay.cli.train.ConfigCommand;
import dev.inlay.cli.train.DatasetPreviewCommand;
import dev.inlay.cli.train.PlanCommand;
import dev.inlay.cli.train.PrepareCommand;
import dev.inlay.cli.train.ScheduleCommand;
import dev.inlay.cli.train.SweepCommand;
import dev.inlay.cli.train.TrainArguments;
import dev.inlay.cli.train.TrainCommand;
import dev.inlay.cli.weights.ExportCommand;
import dev.inlay.cli.weights.ImportCommand;
import dev.inlay.cli.weights.VerifyCommand;
import dev.inlay.cli.weights.WeightsCommand;
import dev.inlay.files.Reason;
import dev.inlay.guard.Core;
import dev.inlay.guard.Watch;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The root command: {@code inlay}. */
@Command(
    name = "inlay",
    description = "Assembles, trains, scores and runs semantic-segmentation networks.",
    footer = {
      "",
      "A network is one line of techniques, or the name of a preset:",
      "  resnet50(stride=8) | auxiliary | aspp(rates=[12, 24, 36]) | fcn",
      "",
      "Examples:",
      "  inlay demo",
      "  inlay list",
      "  inlay describe aspp",
      "  inlay summary \"resnet50 | auxiliary | ppm | fcn\" --input 3x512x1024",
      "  inlay COMMAND --help",
    })
public final class Inlay {

  private Inlay() {}

  /** Every command by its name; a new one goes here and nowhere else. */
  private static Map<String, Function<Workbench, Object>> commands() {
    Map<String, Function<Workbench, Object>> commands = new LinkedHashMap<>();
    commands.put("list", ListCommand::new);
    commands.put("describe", DescribeCommand::new);
    commands.put("summary", SummaryCommand::new);
    commands.put("verify", VerifyCommand::new);
    commands.put("plugins", PluginsCommand::line);
    commands.put("new", NewCommand::line);
    commands.put("check", CheckCommand::new);
    commands.put("trace", TraceCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put("demo", DemoCommand::new);
    commands.put("dataset", Inlay::dataset);
    commands.put("prepare", PrepareCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("config", ConfigCommand::line);
    commands.put("schedule", ScheduleCommand::new);
    commands.put("train", TrainCommand::new);
    commands.put("sweep", SweepCommand::new);
    commands.put("evaluate", EvaluateCommand::new);
    commands.put("predict", PredictCommand::new);
    commands.put("import", ImportCommand::new);
    commands.put("export", ExportCommand::new);
    commands.put("bench", BenchCommand::new);
    commands.put("weights", WeightsCommand::line);
    return commands;
  }

  /** What a training sees of a dataset depends on the training's options. */
  private static CommandLine dataset(Workbench bench) {
    return DatasetCommand.line(bench).addSubcommand(new DatasetPreviewCommand(bench));
  }

  /** The one command that is named first; all, where help or a suggestion may be needed. */
  private static List<Object> commands(Workbench bench, String[] args) {
    Map<String, Function<Workbench, Object>> commands = commands();
    // Reading the options of all takes longer than what many of them do.
    return args.length > 0 && commands.containsKey(args[0])
        ? List.of(commands.get(args[0]).apply(bench))
        : commands.values().stream().map(each -> each.apply(bench)).toList();
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Pictures are drawn into memory; a screen is neither needed nor looked for.
    System.setProperty("java.awt.headless", "true");
    // All words are English, and programs read the numbers.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    Output out = Output.of(FileDescriptor.out);
    Output err = Output.of(FileDescriptor.err);
    ForeignExit foreignExit = ForeignExit.watch(err.writer());
    int code = run(args, System.getenv(), out, err);
    foreignExit.allow();
    System.exit(code);
  }

  /** Runs one command; output that is lost is a failure. */
  static int run(String[] args, Map<String, String> environment, Output out, Output err) {
    int code = run(args, environment, out.writer(), err.writer());
    IOException lost = out.flush();
    if (lost != null) {
      err.writer()
          .println(
              "inlay: The output could not be written: %s. Make room for it, or send it elsewhere."
                  .formatted(Reason.of(lost)));
    }
    boolean whole = lost == null && err.flush() == null;
    return whole || code != 0 ? code : Failures.FAULT;
  }

  /**
   * Runs one command.
   *
   * @param environment the variables of the environment
   * @return 0; 2 for a mistake that the user can mend; 1 for a fault in Inlay or its engine
   */
  static int run(String[] args, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    CommonOptions options = new CommonOptions();
    boolean always = !environment.getOrDefault("INLAY_DEBUG", "").matches("|0|false");
    PrintWriter shown = HarmlessWriter.before(out);
    PrintWriter told = HarmlessWriter.before(err);
    Failures failures = new Failures(told, () -> always || options.debug());
    try (Workbench bench = new Workbench(options, environment, shown, told)) {
      Watch.tell(bench::warn);
      String[] full = TrainArguments.full(args);
      return commandLine(options, bench, failures, full).setOut(out).setErr(err).execute(full);
    } catch (Throwable e) { // picocli passes errors on: a stranger's class that does not link.
      return failures.report(e);
    } finally {
      Watch.tellLog();
    }
  }

  private static CommandLine commandLine(
      CommonOptions options, Workbench bench, Failures failures, String[] args) {
    CommandLine line = new CommandLine(new Inlay());
    line.addMixin("common", options);
    for (Object command : commands(bench, args)) {
      line.addSubcommand(command);
    }
    line.addSubcommand(new CommandLine.HelpCommand());
    adjust(line);
    line.setParameterExceptionHandler(new UsageErrors(failures));
    line.setExecutionExceptionHandler((e, command, parsed) -> failures.report(e));
    line.setExecutionStrategy(parsed -> run(parsed, options, failures));
    line.setExpandAtFiles(false);
    line.registerConverter(Path.class, Inlay::path);
    return line;
  }

  private static int run(ParseResult parsed, CommonOptions options, Failures failures) {
    Integer help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    CommandLine line = parsed.commandSpec().commandLine();
    if (!parsed.hasSubcommand()) {
      line.usage(line.getOut());
      return 0;
    }
    try {
      options.settle();
    } catch (InlayException e) {
      return failures.report(e);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static Path path(String name) {
    if (name.isEmpty()) {
      // Java takes it for the current folder, which nobody means by a variable that is not set.
      throw new CommandLine.TypeConversionException(
          "The path is empty. Give a file or a folder; the current folder is '.'.");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new CommandLine.TypeConversionException(Failures.fileName(e));
    }
  }

  /** What all commands have in common: help, version, options in the order of their fields. */
  private static void adjust(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    if (!spec.helpCommand()) {
      spec.mixinStandardHelpOptions(true);
    }
    spec.versionProvider(() -> new String[] {"inlay " + Core.VERSION});
    spec.usageMessage().sortOptions(false).abbreviateSynopsis(true);
    line.getSubcommands().values().forEach(Inlay::adjust);
  }
}
