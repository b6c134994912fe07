package dev.inlay.train;

import java.nio.file.Path;

/** A process that resumes a training and completes it: {@code GoingOn FROM TO}. */
final class GoingOn {

  private GoingOn() {}

  public static void main(String[] arguments) {
    try (TrialTraining training = new TrialTraining("sgd", 1)) {
      training.trainer.restore(Path.of(arguments[0]));
      training.train().save(Path.of(arguments[1]));
    }
  }
}
