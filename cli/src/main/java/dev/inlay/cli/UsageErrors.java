package dev.inlay.cli;

import dev.inlay.cli.common.Failures;
import dev.inlay.spec.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one message what is wrong with the arguments, instead of printing the whole help. */
final class UsageErrors implements IParameterExceptionHandler {

  private static final Map<Class<?>, String> RULES =
      Map.of(
          int.class, "a whole number",
          Integer.class, "a whole number",
          long.class, "a whole number",
          double.class, "a number",
          Double.class, "a number",
          boolean.class, "true or false");

  /** Removed commands, with the commands that replace them. */
  private static final Map<String, String> RENAMED = Map.of("dupsampling", "prepare");

  private final Failures failures;

  UsageErrors(Failures failures) {
    this.failures = failures;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String help = " See " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help.";
    return failures.mistake(message(e) + help, e);
  }

  private static String message(ParameterException e) {
    CommandLine command = e.getCommandLine();
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched, command);
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing.getMissing(), command);
    }
    if (isNameless(e)) {
      List<String> commands = List.copyOf(command.getSubcommands().keySet());
      return command.getCommandName() + " needs one of these: " + String.join(", ", commands) + ".";
    }
    ArgSpec argument = e.getArgSpec();
    String rule = argument == null ? null : RULES.get(argument.type());
    if (argument != null && rule != null && e.getValue() != null) {
      return name(argument) + " is '" + e.getValue() + "'; it must be " + rule + ".";
    }
    String message = String.valueOf(e.getMessage());
    return message.endsWith(".") ? message : message + ".";
  }

  /** Whether a command with subcommands was given without one of them. */
  private static boolean isNameless(ParameterException e) {
    return !e.getCommandLine().getSubcommands().isEmpty()
        && "Missing required subcommand".equals(e.getMessage());
  }

  private static String missing(List<ArgSpec> missing, CommandLine command) {
    if (missing.get(0) instanceof OptionSpec option && !option.required()) {
      return option.longestName() + " needs " + option.paramLabel() + " after it.";
    }
    String names = missing.stream().map(UsageErrors::name).collect(Collectors.joining(", "));
    return command.getCommandName() + " needs " + names + ".";
  }

  private static String unmatched(UnmatchedArgumentException e, CommandLine command) {
    String name = command.getCommandName();
    String word = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().get(0);
    if (word.startsWith("-") && word.length() > 1) {
      String option = word.replaceFirst("=.*", "");
      return "%s has no option '%s'.%s"
          .formatted(name, option, Suggestions.didYouMean(option, options(command)));
    }
    String successor = RENAMED.get(word);
    if (successor != null && command.getSubcommands().containsKey(successor)) {
      return "There is no command '%s' any more: inlay %s does what it did."
          .formatted(word, successor);
    }
    if (!command.getSubcommands().isEmpty()) {
      List<String> commands = List.copyOf(command.getSubcommands().keySet());
      return "There is no command '%s'.%s Commands: %s."
          .formatted(word, Suggestions.didYouMean(word, commands), String.join(", ", commands));
    }
    boolean takesSpec =
        command.getCommandSpec().args().stream().anyMatch(a -> a.paramLabel().equals("SPEC"));
    return name
        + " has no use for '"
        + word
        + "'."
        + (takesSpec ? " A spec is one argument: put it between quotes." : "");
  }

  private static List<String> options(CommandLine command) {
    List<String> names = new ArrayList<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      names.addAll(List.of(option.names()));
    }
    return names;
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
