package dev.inlay.pytorch;

/**
 * An entry of a checkpoint that is neither a tensor of the state dict nor a plain value.
 *
 * @param place its keys from the top, joined with dots, such as {@code message_hub.log_scalars}
 * @param what its kind, such as {@code a dictionary with tensors} or the name of its class
 */
public record Skipped(String place, String what) {
  @Override
  public String toString() {
    return place + ": " + what;
  }
}
