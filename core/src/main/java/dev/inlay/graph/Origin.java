package dev.inlay.graph;

/**
 * Where a node was described.
 *
 * @param stage the stage's name in the network, empty outside stages
 * @param line the author's file and line, as in {@code Aspp.java:31}
 */
public record Origin(String stage, String line) {

  private static final StackWalker WALKER = StackWalker.getInstance();

  /** The line of whoever called into the author API, which the walk leaves first. */
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

  private static boolean isDescription(String className) {
    return className.startsWith("dev.inlay.graph.")
        || (className.startsWith("dev.inlay.") && Character.isUpperCase(className.charAt(10)));
  }

  @Override
  public String toString() {
    return stage.isEmpty() ? line : stage + " " + line;
  }
}
