package dev.inlay.project.torchvision;

import dev.inlay.reference.Layout;
import dev.inlay.reference.Project;

/**
 * torchvision, whose segmentation models have a backbone, a classifier and an auxiliary classifier.
 * It has no configurations: the class of a model defines the network.
 */
public final class Torchvision implements Project {

  @Override
  public String name() {
    return "torchvision";
  }

  @Override
  public Layout layout() {
    return new Layout("backbone.", "neck.", "classifier.", "aux_classifier.");
  }
}
