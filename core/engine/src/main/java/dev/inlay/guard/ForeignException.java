package dev.inlay.guard;

/** Foreign code threw something; the cause tells what, and can be read without running it. */
public final class ForeignException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Throwable thrown;

  ForeignException(Throwable thrown) {
    super(thrown);
    this.thrown = thrown;
  }

  /** What was thrown, or its harmless copy. */
  public Throwable thrown() {
    return thrown;
  }

  /** What happened, as the rest of a sentence that begins with the jar, class or technique. */
  public String explain(String coreVersion) {
    return Causes.explain(thrown, coreVersion);
  }
}
