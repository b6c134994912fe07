package dev.inlay.pytorch;

/**
 * Something in a checkpoint that is neither a tensor of the state dict nor a plain value.
 *
 * @param place where it stood, such as {@code message_hub.log_scalars}
 * @param what what it is, such as {@code a dictionary with tensors} or the name of its class
 */
public record Skipped(String place, String what) {
  @Override
  public String toString() {
    return place + ": " + what;
  }
}
