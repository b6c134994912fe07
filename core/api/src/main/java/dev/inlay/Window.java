package dev.inlay;

/**
 * How a convolution or a pooling slides over a map.
 *
 * @param kernelHeight rows of the kernel
 * @param kernelWidth columns of the kernel
 * @param stride step of the kernel, in pixels of the input
 * @param dilation distance between the kernel's taps
 * @param padTop zero rows added above and below
 * @param padLeft zero columns added left and right
 * @param groups into how many groups the channels are split
 */
public record Window(
    int kernelHeight,
    int kernelWidth,
    int stride,
    int dilation,
    int padTop,
    int padLeft,
    int groups) {

  public Window {
    Check.that(
        kernelHeight >= 1 && kernelWidth >= 1 && stride >= 1 && dilation >= 1 && groups >= 1,
        "a window's kernel, stride, dilation and groups must be 1 or more, got %dx%d, %d, %d and %d",
        kernelHeight,
        kernelWidth,
        stride,
        dilation,
        groups);
    Check.that(
        padTop >= 0 && padLeft >= 0,
        "a window's padding must be 0 or more, got %d and %d",
        padTop,
        padLeft);
  }

  /** A square kernel, padded so that an odd kernel keeps the size at stride 1. */
  public static Window of(int kernel) {
    return of(kernel, kernel);
  }

  /** A kernel of rows by columns, padded so that odd kernels keep the size at stride 1. */
  public static Window of(int rows, int columns) {
    return new Window(rows, columns, 1, 1, rows / 2, columns / 2, 1);
  }

  /** The same window with another step. */
  public Window stride(int step) {
    return new Window(kernelHeight, kernelWidth, step, dilation, padTop, padLeft, groups);
  }

  /** The same window with spread taps, padded so that odd kernels keep the size at stride 1. */
  public Window dilation(int rate) {
    return new Window(
        kernelHeight,
        kernelWidth,
        stride,
        rate,
        rate * (kernelHeight / 2),
        rate * (kernelWidth / 2),
        groups);
  }

  /** The same window with this padding on all sides; call it after {@link #dilation}. */
  public Window padding(int pixels) {
    return new Window(kernelHeight, kernelWidth, stride, dilation, pixels, pixels, groups);
  }

  /** The same window over channels in groups; as many groups as channels is a depthwise kernel. */
  public Window groups(int count) {
    return new Window(kernelHeight, kernelWidth, stride, dilation, padTop, padLeft, count);
  }
}
