package dev.inlay.cli.author;

import dev.inlay.Check;
import dev.inlay.assemble.Assembly;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.torch.Network;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.Normalization;
import dev.inlay.weights.Safetensors;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The network that is traced: of a spec with initial parameters, or of a model.
 *
 * @param assembly the described network
 * @param model the model's file; null for initial parameters
 * @param normalization of images for it
 * @param ignored the ignore index of labels
 */
record TraceSubject(
    Assembly assembly, @Nullable Path model, Normalization normalization, int ignored) {

  private static final int IGNORED = 255;
  private static final String MODEL = ".safetensors";

  /**
   * Assembles the network.
   *
   * @param text a spec, a preset, a file of either, or a model's file; empty if there is a model
   * @param model the model's file; its metadata have the spec
   */
  static TraceSubject of(String text, @Nullable Path model, int classes, Techniques techniques) {
    Check.that(
        model == null || text.isEmpty(),
        "trace takes SPEC, or --model FILE, whose metadata have the spec; leave out one of the two.");
    Check.that(model != null || !text.isEmpty(), "trace needs SPEC. See inlay trace --help.");
    Path file = model == null && text.endsWith(MODEL) ? Path.of(text) : model;
    if (file == null) {
      Assembly assembly = Assembly.of(NetworkSpec.parse(text, techniques), classes);
      return new TraceSubject(assembly, null, Normalization.IMAGENET, IGNORED);
    }
    try (Safetensors weights = Safetensors.open(file)) {
      ModelInfo info = ModelInfo.of(weights);
      NetworkSpec spec = NetworkSpec.ofText(info.spec(), techniques);
      Assembly assembly = Assembly.of(spec, info.classes().size());
      return new TraceSubject(assembly, file, info.normalization(), info.ignore());
    }
  }

  /** The network on a device. */
  Network network(String device, long seed) {
    if (model == null) {
      return Network.fresh(assembly, device, seed);
    }
    try (Safetensors weights = Safetensors.open(model)) {
      return Network.load(assembly, weights, device);
    }
  }
}
