package dev.inlay.cli.train;

/**
 * A setting that is not given as an option.
 *
 * @param option the option that it stands for, with its dashes
 * @param value its value as text
 * @param origin where it was found, such as a file
 */
record Setting(String option, String value, String origin) {

  /** The setting as one argument. */
  String argument() {
    return option + "=" + value;
  }
}
