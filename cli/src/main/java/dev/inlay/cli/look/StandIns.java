package dev.inlay.cli.look;

import dev.inlay.Backbone;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.Paper;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.spec.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Stages that stand in for the rest of a network, so that the shapes of one technique can be told
 * whatever others there are.
 */
final class StandIns {

  private static final Paper PAPER =
      new Paper("Inlay", "Inlay", "Inlay", "https://www.apache.org/licenses/LICENSE-2.0");

  private StandIns() {}

  /** There is nothing to choose. */
  public record Nothing() {}

  /** A spec in which this stage stands where its kind must. */
  static String around(String stage, Kind kind) {
    String before = kind == Kind.BACKBONE ? "" : Maps.NAME + " | ";
    return before + stage + (kind == Kind.DECODER ? "" : " | " + Scores.NAME);
  }

  /** Maps (B,256,H/4,W/4) to (B,2048,H/8,W/8), as a residual network of 50 layers makes them. */
  static final class Maps implements Backbone<Nothing> {
    static final String NAME = "stand-in-for-a-resnet50";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String summary() {
      return "";
    }

    @Override
    public Paper paper() {
      return PAPER;
    }

    @Override
    public Nothing defaults() {
      return new Nothing();
    }

    @Override
    public String example() {
      return "";
    }

    @Override
    public Features build(Nothing options, Features input, Scope scope) {
      List<Tensor> maps = new ArrayList<>();
      Tensor x = input.image();
      int[] steps = {4, 2, 1, 1};
      for (int i = 0; i < steps.length; i++) {
        x = scope.conv("layer" + i, x, 256 << i, Window.of(3).stride(steps[i]));
        maps.add(x);
      }
      return input.withMaps(maps, List.of(4, 8, 8, 8));
    }
  }

  /** A classifier on the last map. */
  static final class Scores implements Decoder<Nothing> {
    static final String NAME = "stand-in-for-a-decoder";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String summary() {
      return "";
    }

    @Override
    public Paper paper() {
      return PAPER;
    }

    @Override
    public Nothing defaults() {
      return new Nothing();
    }

    @Override
    public String example() {
      return "";
    }

    @Override
    public Tensor build(Nothing options, Features input, Scope scope) {
      return scope.classify("scores", input.last(), input.classes(), 0);
    }
  }
}
