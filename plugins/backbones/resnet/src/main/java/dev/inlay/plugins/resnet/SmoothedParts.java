package dev.inlay.plugins.resnet;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Smoothing;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Smoothed dilated convolutions with the boundaries of their authors' code. */
enum SmoothedParts implements Part<ResNet.Options> {
  /** One convolution of {@link Smoothing#SEPARABLE_AND_SHARED}, by the paper's authors. */
  SHARED {
    @Override
    Tensor build(Tensor x, Map<String, String> theirs, Scope scope) {
      return convolution(x, theirs, Smoothing.SEPARABLE_AND_SHARED.in(scope));
    }
  },

  /** One convolution of {@link Smoothing#GROUP_INTERACTION}, by the paper's authors. */
  INTERACTING {
    @Override
    Tensor build(Tensor x, Map<String, String> theirs, Scope scope) {
      Scope complete = new Complete(scope, this::matrix);
      return convolution(x, theirs, Smoothing.GROUP_INTERACTION.in(complete));
    }

    private Tensor matrix(Scope scope, long size) {
      Tensor stored = scope.parameter(SMOOTHING, Init.ZERO, size, size);
      return stored.minus(stored.diagonal(Dim.of(size)).asFloat());
    }
  },

  /** GCANet's residual block, Chen et al., WACV 2019: two smoothed convolutions. */
  BLOCK {
    @Override
    Tensor build(Tensor x, Map<String, String> theirs, Scope scope) {
      Window window = Window.of(3).dilation(number(theirs, "dilation", 1));
      Scope s = Smoothing.SEPARABLE_AND_SHARED.in(new Complete(scope, this::kernel));
      Tensor y = normalized("norm1", s.conv("conv1", x, x.channels(), window), s).relu();
      y = normalized("norm2", s.conv("conv2", y, x.channels(), window), s);
      return x.plus(y).relu();
    }

    private Tensor kernel(Scope scope, long side) {
      Tensor stored = scope.parameter(SMOOTHING, Init.ZERO, 1, 1, side, side);
      int around = (int) side / 2;
      Tensor middle = stored.diagonal(Dim.of(1)).asFloat().reshape(1, 1, 1, 1);
      return stored.minus(middle.pad(around, around, around, around)).reshape(side, side);
    }
  };

  private static final String SMOOTHING = "smoothing";

  abstract Tensor build(Tensor x, Map<String, String> theirs, Scope scope);

  @Override
  public List<Tensor> build(ResNet.Options options, Features input, Scope scope) {
    return build(options, Map.of(), input, scope);
  }

  @Override
  public List<Tensor> build(
      ResNet.Options options, Map<String, String> theirs, Features input, Scope scope) {
    return List.of(build(input.last(), theirs, scope));
  }

  private static Tensor convolution(Tensor x, Map<String, String> theirs, Scope scope) {
    int channels = number(theirs, "out_ch", x.channels());
    Window window = Window.of(number(theirs, "kernel", 3)).dilation(number(theirs, "dilation", 1));
    return Boolean.parseBoolean(theirs.getOrDefault("bias", "true"))
        ? scope.convBias("conv", x, channels, window)
        : scope.conv("conv", x, channels, window);
  }

  /** Instance normalisation, Ulyanov et al., 2016: a group for each channel. */
  private static Tensor normalized(String name, Tensor x, Scope scope) {
    Scope s = scope.at(name);
    Tensor weight = s.parameter("weight", Init.ONE, x.channels());
    return x.groupNorm(x.channels(), weight, s.parameter("bias", Init.ZERO, x.channels()), 1e-5);
  }

  private static int number(Map<String, String> theirs, String option, int preset) {
    String value = theirs.getOrDefault(option, String.valueOf(preset));
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new InlayException("%s is %s; it must be a whole number.".formatted(option, value), e);
    }
  }

  /**
   * A scope whose stored smoothing contains the identity, as in the authors' code.
   *
   * @param smoothing the smoothing without the identity, by scope and number of rows
   */
  private record Complete(Scope scope, BiFunction<Scope, Long, Tensor> smoothing) implements Scope {

    @Override
    public Scope at(String name) {
      return new Complete(scope.at(name), smoothing);
    }

    @Override
    public Tensor parameter(String name, Init init, long... shape) {
      return name.equals(SMOOTHING)
          ? smoothing.apply(scope, shape[0])
          : scope.parameter(name, init, shape);
    }

    @Override
    public Tensor buffer(String name, Init init, long... shape) {
      return scope.buffer(name, init, shape);
    }

    @Override
    public Tensor counter(String name) {
      return scope.counter(name);
    }

    @Override
    public void update(Tensor stored, Tensor value) {
      scope.update(stored, value);
    }
  }
}
