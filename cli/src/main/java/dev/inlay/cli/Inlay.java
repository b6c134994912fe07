package dev.inlay.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root command: {@code inlay}. */
@Command(
    name = "inlay",
    description = "Assembles, trains, scores and runs semantic-segmentation networks.",
    mixinStandardHelpOptions = true,
    versionProvider = Inlay.Version.class)
public final class Inlay implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** Runs one command and ends the process with its exit code: 0, or 2 for a user's mistake. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Inlay()).execute(args));
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(System.out);
    }
  }

  /** Reads the version from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Inlay.class.getPackage().getImplementationVersion();
      return new String[] {"inlay " + (version == null ? "(not from a jar)" : version)};
    }
  }
}
