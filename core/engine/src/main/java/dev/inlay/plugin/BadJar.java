package dev.inlay.plugin;

/** Why a jar cannot be used, as the part of a message that follows the jar's name. */
final class BadJar extends Exception {
  private static final long serialVersionUID = 1L;

  BadJar(String message) {
    super(message);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
