package dev.inlay.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** One run of the command line in this process: its exit code and what it wrote. */
public record Run(int code, String out, String err) {

  public static Run inlay(String... arguments) {
    return inlay(Map.of(), arguments);
  }

  public static Run inlay(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Inlay.run(arguments, environment, new PrintWriter(out), new PrintWriter(err));
    return new Run(code, out.toString(), err.toString());
  }
}
