package dev.inlay.graph;

import java.util.Arrays;

/**
 * The origin of a node in a description.
 *
 * @param stage the name of the stage; empty outside stages
 * @param line the author's file and line, as in {@code Aspp.java:31}
 */
public record Origin(String stage, String line) {

  private static final StackWalker WALKER = StackWalker.getInstance();

  /** The author's line: the first stack frame outside the author API and this package. */
  static Origin here(String stage) {
    String line =
        WALKER.walk(
            frames ->
                frames
                    .filter(frame -> !isDescription(frame.getClassName()))
                    .findFirst()
                    .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                    .orElse(""));
    return new Origin(stage, line);
  }

  /** The author's line that led to an error; empty if the error is about the whole stage. */
  static Origin of(String stage, Throwable error) {
    String line =
        Arrays.stream(error.getStackTrace())
            .filter(frame -> !isDescription(frame.getClassName()))
            .findFirst()
            .filter(frame -> !frame.getClassName().startsWith("dev.inlay.assemble."))
            .filter(frame -> !frame.getClassName().startsWith("dev.inlay.guard."))
            .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
            .orElse("");
    return new Origin(stage, line);
  }

  private static boolean isDescription(String className) {
    return className.startsWith("java.")
        || className.startsWith("dev.inlay.graph.")
        || (className.startsWith("dev.inlay.") && Character.isUpperCase(className.charAt(10)));
  }

  @Override
  public String toString() {
    return (stage + " " + line).strip();
  }
}
