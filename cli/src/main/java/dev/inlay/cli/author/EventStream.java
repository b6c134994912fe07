package dev.inlay.cli.author;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Events on the standard output of the process of a check. A mark that nobody else knows begins
 * each of their lines, so that whatever a plugin prints is not taken for one.
 */
final class EventStream {

  private final String mark;
  private final PrintStream out;

  /** The writing end; from now on, all else that is printed goes to the standard error. */
  EventStream(String mark) {
    this.mark = mark;
    out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(System.err);
  }

  synchronized void tell(Event event) {
    out.print("\n" + mark + new Gson().toJson(event) + "\n");
    out.flush();
  }

  /** The event of a line; empty if the line is none. */
  static Optional<Event> read(String mark, String line) {
    if (!line.startsWith(mark)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(new Gson().fromJson(line.substring(mark.length()), Event.class));
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }
}
