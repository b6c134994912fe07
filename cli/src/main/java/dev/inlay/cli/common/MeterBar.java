package dev.inlay.cli.common;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar in one line of the terminal, with the time that is left. */
final class MeterBar implements Meter {

  private static final int REFRESH_MILLIS = 200;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final ProgressBar bar;

  MeterBar(String task, long all) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(all)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build();
  }

  @Override
  public void at(long done, String note) {
    bar.setExtraMessage(Shown.onOneLine(note));
    bar.stepTo(done);
  }

  @Override
  public void aside(Runnable printing) {
    bar.pause();
    System.err.print(CLEAR_LINE);
    System.err.flush();
    printing.run();
    bar.resume();
  }

  @Override
  public void close() {
    bar.close();
  }
}
