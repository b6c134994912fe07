package dev.inlay.cli.common;

import java.io.Console;
import java.io.PrintWriter;

/** Shows the progress of a long task; must be closed when the task ends or fails. */
public interface Meter extends AutoCloseable {

  /** Shows how much is done, with a note such as the current loss. */
  void at(long done, String note);

  /** Prints lines with the progress bar out of the way. */
  void aside(Runnable printing);

  @Override
  void close();

  /**
   * A meter that fits: a bar on a terminal, and elsewhere a line every few seconds.
   *
   * @param task what is being done, in a word or two
   * @param all how much there is to do
   */
  static Meter of(String task, long all, PrintWriter err) {
    return onTerminal() ? new MeterBar(task, all) : new MeterLines(task, all, err);
  }

  @SuppressWarnings("SystemConsoleNull") // isTerminal decides where the console is never null
  private static boolean onTerminal() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      // From Java 22 on there is a console even where there is no terminal, and it tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
