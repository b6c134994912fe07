package dev.inlay.torch;

import java.util.Map;

/**
 * The size of a batch of images.
 *
 * @param batch how many images
 * @param height their rows
 * @param width their columns
 */
public record BatchSize(long batch, long height, long width) {

  /** The sizes by the symbols of an assembled network's shapes. */
  public Map<String, Long> symbols() {
    return Map.of("B", batch, "H", height, "W", width);
  }
}
