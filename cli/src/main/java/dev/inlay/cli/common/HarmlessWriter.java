package dev.inlay.cli.common;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Writes text so that a terminal only shows it. All results, warnings and errors pass through it,
 * so that no command has to think of what is in a name. Line breaks and tabs pass; in a name,
 * {@link Table} and others escape them.
 */
public final class HarmlessWriter extends Writer {

  private final Writer out;

  private HarmlessWriter(Writer out) {
    this.out = out;
  }

  /** A writer in front of a stream; it keeps nothing back. */
  public static PrintWriter before(PrintWriter out) {
    return new PrintWriter(new HarmlessWriter(out), true);
  }

  @Override
  public void write(char[] text, int from, int count) throws IOException {
    int begin = from;
    int end = from + count;
    for (int i = from; i < end; i++) {
      if (!passes(text, i, end)) {
        out.write(text, begin, i - begin);
        out.write(Shown.escape(text[i]));
        begin = i + 1;
      }
    }
    out.write(text, begin, end - begin);
  }

  private static boolean passes(char[] text, int at, int end) {
    char c = text[at];
    boolean windowsLineBreak = c == '\r' && at + 1 < end && text[at + 1] == '\n';
    return c == '\n' || c == '\t' || windowsLineBreak || !Shown.isHarmful(c);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
