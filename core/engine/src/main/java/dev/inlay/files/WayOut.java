package dev.inlay.files;

/** What to do with files of kinds that are not read, in sentences for messages. */
final class WayOut {
  static final String WEIGHTS = "Give a file of weights.";
  static final String PICTURE = "Give a file of weights; images go to inlay predict.";
  static final String CONVERT = "Convert it to PNG or JPEG.";
  static final String RENDER = "Draw it as PNG.";
  static final String SLICES = "Save its slices as PNG with 8 bits per channel.";
  static final String FRAMES = "Save its pictures as PNG or JPEG.";
  static final String IMAGE = "Give an image as JPEG, PNG, BMP, GIF or TIFF.";
  static final String MODEL = "Give it to --model, and an image in its place.";
  static final String UNPACK = "Unpack it, and give the file in it.";
  static final String FETCHED = "Check the address that it was fetched from.";

  private static final String FROM_LIBRARY =
      "Load the weights in %s and save them with safetensors or torch.save, under the names of a network that Inlay has.";

  private WayOut() {}

  /** For weights of another library. */
  static String convert(String library) {
    return FROM_LIBRARY.formatted(library);
  }

  /** For a file that a program unpacks. */
  static String unpack(String program) {
    return "Unpack it with %s, and give the result.".formatted(program);
  }
}
