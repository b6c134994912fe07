package dev.inlay.guard;

import java.lang.annotation.IncompleteAnnotationException;

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

  /** Whether the jar does not fit, rather than its code being wrong. */
  public boolean isOfLinking() {
    return Harmless.isLinkage(thrown) || thrown instanceof IncompleteAnnotationException;
  }

  /** What happened, as the rest of a sentence that begins with the jar, class or technique. */
  public String explain(BuiltFor jar) {
    return Causes.explain(thrown, jar);
  }
}
