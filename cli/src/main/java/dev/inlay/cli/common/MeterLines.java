package dev.inlay.cli.common;

import java.io.PrintWriter;

/** A line every few seconds, for logs. */
final class MeterLines implements Meter {

  private static final long SECONDS = 5;

  private final String task;
  private final long all;
  private final PrintWriter err;
  private final long start = System.nanoTime();
  private long next = start;
  private boolean ended;

  MeterLines(String task, long all, PrintWriter err) {
    this.task = task;
    this.all = all;
    this.err = err;
  }

  @Override
  public void at(long done, String note) {
    long now = System.nanoTime();
    boolean ends = done == all && !ended;
    if (now - next < 0 && !ends) {
      return;
    }
    ended |= ends;
    next = now + SECONDS * 1_000_000_000L;
    double seconds = (now - start) / 1e9;
    StringBuilder line = new StringBuilder(task + " " + done + "/" + all);
    if (!note.isEmpty()) {
      line.append("  ").append(note);
    }
    line.append("  ").append(NumberText.duration(seconds));
    if (done > 0 && done < all) {
      line.append(", about ").append(NumberText.duration(seconds / done * (all - done)));
      line.append(" left");
    }
    err.println(line);
    err.flush();
  }

  @Override
  public void aside(Runnable printing) {
    err.flush();
    printing.run();
  }

  @Override
  public void close() {
    err.flush();
  }
}
