package dev.inlay.project.sample;

import com.google.gson.JsonObject;
import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.reference.CheckpointTexts;
import dev.inlay.reference.ConfigurationReader;
import dev.inlay.reference.ConfiguredNetwork;
import dev.inlay.reference.Described;
import dev.inlay.reference.GivenInputs;
import dev.inlay.reference.Layout;
import dev.inlay.reference.Layouts;
import dev.inlay.reference.PixelConvention;
import dev.inlay.reference.PixelConvention.ColourOrder;
import dev.inlay.reference.Project;
import dev.inlay.reference.ReferenceParts;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.weights.Normalization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A project that stands in the test tree alone: its networks are specs with names of their own. */
public final class SampleProject implements Project {

  /** What its checkpoints normalise images by. */
  public static final Normalization HALF =
      new Normalization(List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25));

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public Layout layout() {
    return new Layout("body.", "bridge.", "top.", "extra.");
  }

  @Override
  public CheckpointTexts texts() {
    return new CheckpointTexts(List.of("sample.json"), List.of("sample.labels"), List.of());
  }

  @Override
  public Optional<ConfigurationReader> configurations() {
    return Optional.of(new Reader());
  }

  private final class Reader implements ConfigurationReader {

    @Override
    public boolean resembles(String text) {
      return text.contains("sample_spec");
    }

    @Override
    public boolean recognises(JsonObject configuration) {
      return configuration.has("sample_spec");
    }

    @Override
    public String expected() {
      return "the sample's, with a sample_spec";
    }

    @Override
    public ConfiguredNetwork network(JsonObject configuration, Techniques techniques) {
      String spec = configuration.get("sample_spec").getAsString();
      Assembly assembly =
          Assembly.of(NetworkSpec.parse(spec, techniques), configuration.get("labels").getAsInt());
      return new ConfiguredNetwork(
          assembly, Layouts.of(SampleProject.this, assembly, techniques), List.of(), Map.of());
    }

    @Override
    public Optional<PixelConvention> pixels(JsonObject configuration) {
      return Optional.of(new PixelConvention(ColourOrder.RGB, HALF));
    }

    @Override
    public Described describe(JsonObject configuration, GivenInputs inputs, ReferenceParts parts) {
      throw new InlayException("The sample has no golden files.");
    }
  }
}
