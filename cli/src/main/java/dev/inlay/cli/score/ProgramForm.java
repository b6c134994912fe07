package dev.inlay.cli.score;

/** The form of a measured program. */
record ProgramForm(boolean fold, String layout, String precision) {

  @Override
  public String toString() {
    return (fold ? "folded, " : "") + layout + ", " + precision;
  }
}
