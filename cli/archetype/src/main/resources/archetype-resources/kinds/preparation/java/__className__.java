package ${package};

import dev.inlay.Cites;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Labels;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Preparation;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * A classifier on the last map, whose bias can be prepared: it then begins with the frequencies of
 * the classes in a dataset's labels (section 3.3).
 */
@Named(value = "${name}", says = "A classifier whose bias begins with the classes' frequencies.")
@Cites(
    arxiv = "1708.02002",
    title = "Focal Loss for Dense Object Detection",
    authors = "Lin et al.",
    venue = "ICCV 2017")
public final class ${className} implements Decoder<${className}.Options> {

  public record Options(
      @Option(value = "dropout probability of the map's channels", is = "0.1", least = 0, below = 1)
          double dropout) {}

  @Override
  public Tensor build(Options options, Features input, Scope scope) {
    return scope.classify("conv_seg", input.last(), input.classes(), options.dropout());
  }

  @Override
  public Optional<Preparation> preparation(Options options, Features input) {
    return Optional.of(new Frequencies(input.classes()));
  }

  /** Counts the labels of each class. */
  static final class Frequencies implements Preparation {

    private final long[] counts;

    Frequencies(int classes) {
      counts = new long[classes];
    }

    @Override
    public String summary() {
      return "the bias from the frequencies of %d classes".formatted(counts.length);
    }

    @Override
    public void see(Labels labels) {
      for (int y = 0; y < labels.height(); y++) {
        for (int x = 0; x < labels.width(); x++) {
          int id = labels.id(x, y);
          if (id != labels.ignore() && id < counts.length) {
            counts[id]++;
          }
        }
      }
    }

    /** The logarithm of each class's share; a class without pixels counts as one pixel. */
    @Override
    public Map<String, float[]> parameters() {
      if (pixels() == 0) {
        throw new InlayException("No pixel has a label. Take images with labels.");
      }
      float[] bias = new float[counts.length];
      for (int i = 0; i < bias.length; i++) {
        bias[i] = (float) Math.log(Math.max(1, counts[i]) / (double) pixels());
      }
      return Map.of("conv_seg.bias", bias);
    }

    @Override
    public Map<String, Number> figures() {
      return Map.of("pixels", pixels());
    }

    private long pixels() {
      long sum = 0;
      for (long count : counts) {
        sum += count;
      }
      return sum;
    }
  }
}
