package dev.inlay.measure;

import java.util.List;

/**
 * The measured times of a network's stages, each run apart from the others.
 *
 * @param stages first what precedes the first stage: the normalisation of images
 * @param wholeMs the median time of the network in one piece
 */
public record StageTimes(
    String device, int threads, String torch, List<Stage> stages, double wholeMs) {

  /**
   * One stage.
   *
   * @param name the stage's name
   * @param spec how it is written; empty for what is no stage
   * @param medianMs the median of its times
   * @param multiplyAdds those of inference, as described
   * @param parameters trained values that inference reads
   * @param bytes the values that are held at the same time while it runs, at most
   */
  public record Stage(
      String name, String spec, double medianMs, long multiplyAdds, long parameters, long bytes) {}

  /** The sum of the stages' times. */
  public double sumMs() {
    return stages.stream().mapToDouble(Stage::medianMs).sum();
  }
}
