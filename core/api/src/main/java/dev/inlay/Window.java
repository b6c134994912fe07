package dev.inlay;

/**
 * The sliding window of a convolution or a pooling.
 *
 * @param kernelHeight height of the kernel
 * @param kernelWidth width of the kernel
 * @param stride stride in both directions, in pixels of the input
 * @param dilation dilation in both directions: the distance of neighbouring taps, in pixels
 * @param padTop zero rows added above and below
 * @param padLeft zero columns added left and right
 * @param groups number of groups of channels
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

  /** A square kernel; the padding keeps the map's size for an odd kernel at stride 1. */
  public static Window of(int kernel) {
    return of(kernel, kernel);
  }

  /** A kernel of rows by columns; the padding keeps the map's size for odd kernels at stride 1. */
  public static Window of(int rows, int columns) {
    return new Window(rows, columns, 1, 1, rows / 2, columns / 2, 1);
  }

  /** The same window with another stride, in pixels. */
  public Window stride(int step) {
    return new Window(kernelHeight, kernelWidth, step, dilation, padTop, padLeft, groups);
  }

  /** The same window with a dilation, padded to keep the size for odd kernels at stride 1. */
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

  /** The same window with a padding on all sides, in pixels; call it after {@link #dilation}. */
  public Window padding(int pixels) {
    return new Window(kernelHeight, kernelWidth, stride, dilation, pixels, pixels, groups);
  }

  /** The same window with groups of channels; one for each channel is a depthwise convolution. */
  public Window groups(int count) {
    return new Window(kernelHeight, kernelWidth, stride, dilation, padTop, padLeft, count);
  }
}
