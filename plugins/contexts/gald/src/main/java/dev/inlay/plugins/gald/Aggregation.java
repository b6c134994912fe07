package dev.inlay.plugins.gald;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.plugins.aspp.Aspp;
import dev.inlay.plugins.ppm.Ppm;
import java.util.List;
import java.util.Map;

/** The ways of global aggregation that the paper compares (section 3.1). */
public enum Aggregation {
  /**
   * The compact generalised non-local block, Yue et al., NeurIPS 2018: every value of a group of
   * channels attends to all others, which takes one number per group with a linear kernel.
   */
  CGNL {
    @Override
    Tensor gather(Gald.Options options, Tensor x, Scope scope) {
      int channels = options.keys();
      int groups = options.groups();
      Dim values = x.height().times(x.width()).times(channels / groups);
      Tensor t = scope.conv("t", x, channels, 1);
      Tensor p = scope.conv("p", x, channels, 1).reshape(x.batch(), groups, 1, values);
      Tensor g = scope.conv("g", x, channels, 1).reshape(x.batch(), groups, values, 1);
      Tensor likeness = p.matmul(g).reshape(x.batch(), groups, 1);
      if (options.scale()) {
        likeness = likeness.div(values, 0.5);
      }
      Tensor y = t.reshape(x.batch(), groups, values).times(likeness);
      y = y.reshape(x.batch(), channels, x.height(), x.width());
      y = scope.conv("z", y, x.channels(), Window.of(1).groups(groups));
      Scope norm = scope.at("gn");
      Tensor weight = norm.parameter("weight", Init.ONE, x.channels());
      Tensor bias = norm.parameter("bias", Init.ZERO, x.channels());
      return y.groupNorm(groups, weight, bias, 1e-5).plus(x);
    }
  },

  /** The non-local block, Wang et al., CVPR 2018: every pixel attends to every pixel. */
  NON_LOCAL {
    @Override
    Tensor gather(Gald.Options options, Tensor x, Scope scope) {
      int channels = options.keys();
      Dim pixels = x.height().times(x.width());
      Tensor t = scope.convBias("t", x, channels, 1).reshape(x.batch(), channels, pixels);
      Tensor p = scope.convBias("p", x, channels, 1).reshape(x.batch(), channels, pixels);
      Tensor g = scope.convBias("g", x, channels, 1).reshape(x.batch(), channels, pixels);
      Tensor likeness = t.permute(0, 2, 1).matmul(p).softmax(2);
      Tensor y = likeness.matmul(g.permute(0, 2, 1)).permute(0, 2, 1);
      y = y.reshape(x.batch(), channels, x.height(), x.width());
      return scope.norm("bn", scope.conv("z", y, x.channels(), 1)).plus(x);
    }
  },

  /** Pyramid pooling, by the plugin {@code ppm}. */
  PPM {
    @Override
    Tensor gather(Gald.Options options, Tensor x, Scope scope) {
      Ppm.Options ppm =
          Technique.options(Ppm.class, "channels=%d, alignCorners=true", x.channels());
      return new Ppm().build(ppm, alone(x), scope).last();
    }
  },

  /** Atrous spatial pyramid pooling, by the plugin {@code aspp}. */
  ASPP {
    @Override
    Tensor gather(Gald.Options options, Tensor x, Scope scope) {
      Aspp.Options aspp =
          Technique.options(Aspp.class, "channels=%d, alignCorners=true", x.channels());
      return new Aspp().build(aspp, alone(x), scope).last();
    }
  },

  /** No aggregation. */
  NONE {
    @Override
    Tensor gather(Gald.Options options, Tensor x, Scope scope) {
      return x;
    }
  };

  /** (B,C,h,w) to (B,C,h,w). */
  abstract Tensor gather(Gald.Options options, Tensor x, Scope scope);

  private static Features alone(Tensor x) {
    return new Features(x, 1, List.of(x), List.of(1), Map.of());
  }
}
