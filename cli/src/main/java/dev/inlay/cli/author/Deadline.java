package dev.inlay.cli.author;

import java.util.Arrays;
import java.util.Optional;

/** Ends the process of a check when its time is up, and tells where the plugin's code is. */
final class Deadline {

  private static final int CODE = 3;

  private Deadline() {}

  static void watch(long milliseconds, EventStream events) {
    Thread checking = Thread.currentThread();
    Thread watcher =
        new Thread(
            () -> {
              try {
                Thread.sleep(milliseconds);
              } catch (InterruptedException e) {
                return;
              }
              events.tell(Event.of(Event.Kind.HUNG, "", place(checking.getStackTrace())));
              Runtime.getRuntime().halt(CODE);
            },
            "inlay-deadline");
    watcher.setDaemon(true);
    watcher.start();
  }

  /** The innermost line of a plugin; empty if none is at work. */
  private static String place(StackTraceElement[] frames) {
    Optional<StackTraceElement> foreign =
        Arrays.stream(frames)
            .filter(
                frame ->
                    frame.getClassLoaderName() != null
                        && frame.getClassLoaderName().startsWith("plugin jar "))
            .findFirst();
    return foreign
        .map(
            frame ->
                "%s.%s(%s:%d)"
                    .formatted(
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getFileName(),
                        frame.getLineNumber()))
        .orElse("");
  }
}
