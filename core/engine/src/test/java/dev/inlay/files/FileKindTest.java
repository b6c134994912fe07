package dev.inlay.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other kinds are known by what they are, whatever their name. */
final class FileKindTest {

  @TempDir private Path folder;

  private FileKind kind(String name, byte[] content) throws IOException {
    return FileKind.of(Files.write(folder.resolve(name), content)).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "894844460d0a1a0a000000|an HDF5 file|Keras or h5py|PNG",
        "0e031301|an HDF4 file|pyhdf|PNG",
        "4344460100|a NetCDF file|netCDF4|PNG",
        "4344460500|a NetCDF file|netCDF4|PNG",
        "4d41544c414220352e30204d41542d66696c65|a MATLAB file|SciPy|PNG",
        "4d41544c414220372e33204d41542d66696c65|a MATLAB file (7.3, in HDF5)|h5py|PNG",
        "475249420000|a GRIB file|eccodes|PNG",
        "474755460300000000000000|a GGUF file|gguf|Give an image",
        "934e554d5059010076|a NumPy array|NumPy|PNG",
        "1c00000054464c33000000|a TensorFlow Lite program|TensorFlow|Give an image",
        "120100000000000000000000000000000500|an MXNet file|MXNet|Give an image",
        "000000000000000000000000000000000500000008051003|PaddlePaddle's parameters|PaddlePaddle|Give an image",
        "080112f0ff0a08|a program of TensorFlow|TensorFlow|Give an image",
        "08081207707974 6f726368|an ONNX program|exported from|Give an image",
        "08073a9fff0a|an ONNX program|exported from|Give an image",
        "0803120b4f4e4e580001|an ONNX program|exported from|Give an image",
        "40000000000000007b22|a safetensors file|weights|--model",
        "ffd80000000000007b22|a safetensors file|weights|--model",
        "1f8b0800|compressed by gzip|gunzip|gunzip",
        "425a6839314159|compressed by bzip2|bunzip2|bunzip2",
        "fd377a585a000004|compressed by xz|unxz|unxz",
        "28b52ffd0458|compressed by zstd|unzstd|unzstd",
        "04224d18644070|compressed by lz4|unlz4|unlz4",
        "377abcaf271c0004|a 7z archive|Unpack it|Unpack it",
        "526172211a0700|a RAR archive|Unpack it|Unpack it",
        "255044462d312e37|a PDF document|Give the file|PNG",
        "53514c69746520666f726d6174203300|an SQLite database|weights|Give an image",
        "7f454c4602010100|a program or library|weights|Give an image",
        "4d5a900003000000|a program for Windows|weights|Give an image",
        "5041523115|a Parquet file|pandas|PNG",
        "504b030414|a zip file|inlay import|Unpack it",
        "504b0304140000000000000000000000000000000000000000000b00000061722f646174612e706b6c|a PyTorch checkpoint|inlay import|Give an image",
        "504b0304140000000000000000000000000000000000000000000500000061 2e6e7079|several NumPy arrays|NumPy|PNG",
        "504b0304140000000000000000000000000000000000000000000500000061 2e6e70|a zip file|inlay import|Unpack it",
        "80024d e903|a pickle, most likely a PyTorch checkpoint|inlay import|Give an image",
        "4c313139353437303337313436303338383031333333333536 4c0a2e|a pickle|inlay import|Give an image"
      })
  void byItsFirstBytes(String hex, String what, String forWeights, String forImages)
      throws IOException {
    FileKind kind = kind("model.pth", HexFormat.of().parseHex(hex.replace(" ", "")));
    assertThat(kind.what()).contains(what);
    assertThat(kind.forWeights()).contains(forWeights).endsWith(".");
    assertThat(kind.forImages()).contains(forImages).endsWith(".");
    assertThat(kind.picture()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ffd8ffe000104a46|a JPEG image|jpeg",
        "89504e470d0a1a0a00|a PNG image|png",
        "474946383961010001|a GIF image|gif",
        "474946383761010001|a GIF image|gif",
        "424d3600000000|a BMP image|bmp",
        "49492a00080000|a TIFF image|tiff",
        "4d4d002a000000|a TIFF image|tiff"
      })
  void imagesThatAreRead(String hex, String what, String format) throws IOException {
    FileKind kind = kind("model.pth", HexFormat.of().parseHex(hex));
    assertThat(kind.what()).isEqualTo(what);
    assertThat(kind.format()).isEqualTo(format);
    assertThat(kind.isReadAsImage()).isTrue();
    assertThat(kind.weightsMessage(Path.of("a"), "a model"))
        .isEqualTo(
            "a is %s, not a model. Give a file of weights; images go to inlay predict."
                .formatted(what));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|49492b000800000010|a BigTIFF image|PNG",
        "0|4d4d002b000800000010|a BigTIFF image|PNG",
        "0|524946461a000000574542505650|a WebP image|Convert",
        "0|524946461a000000415649204c4953|a film|Save its pictures",
        "0|000000186674797068656963|a HEIC image|Convert",
        "0|000000186674797061766966|an AVIF image|Convert",
        "0|00000018667479706d703432|a film|Save its pictures",
        "0|1a45dfa39f4286|a film|Save its pictures",
        "0|0000000c4a584c200d0a870a|a JPEG XL image|Convert",
        "0|ff0a7a3f|a JPEG XL image|Convert",
        "0|0000000c6a5020200d0a870a|a JPEG 2000 image|Convert",
        "0|ff4fff51002f|a JPEG 2000 image|Convert",
        "0|4949bc0108000000|a JPEG XR image|Convert",
        "0|38425053000100000000|a Photoshop file|Convert",
        "0|67696d702078636620763031|a GIMP file (XCF)|Convert",
        "0|762f310102000000|an OpenEXR image|Convert",
        "0|233f52414449414e43450a|a Radiance image (HDR)|Convert",
        "0|716f69660000|a QOI image|Convert",
        "0|0000010001002020|an icon (ICO)|Convert",
        "0|01da01010003|an SGI image|Convert",
        "0|01da00020001|an SGI image|Convert",
        "0|252150532d41646f62652d332e30|a PostScript drawing (EPS)|Draw it",
        "0|c5d0d3c61e000000|a PostScript drawing (EPS)|Draw it",
        "0|53494d504c4520203d20|a FITS image|Convert",
        "128|4449434d0200|a DICOM image|Convert",
        "344|6e2b3100|a NIfTI volume|slices",
        "344|6e693100|a NIfTI volume|slices",
        "4|6e2b32000d0a1a0a|a NIfTI volume|slices",
        "0|4e525244303030340a|an NRRD volume|slices",
        "0|5a495352415746494c45|an image of a Zeiss microscope (CZI)|slices",
        "0|dacebe0a|an image of a Nikon microscope (ND2)|slices",
        "0|50360a3220320a3235350a80|a Netpbm image (PPM, PGM)|Convert",
        "0|3c73766720786d6c6e733d|an SVG drawing|Draw it"
      })
  void imagesThatAreNotRead(int at, String hex, String what, String forImages) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    byte[] content = new byte[at + bytes.length];
    System.arraycopy(bytes, 0, content, at, bytes.length);
    FileKind kind = kind("model.pth", content);
    assertThat(kind.what()).isEqualTo(what);
    assertThat(kind.isReadAsImage()).isFalse();
    assertThat(kind.imageMessage(Path.of("a")))
        .startsWith("a is %s, which is not read. ".formatted(what))
        .contains(forImages)
        .endsWith(".");
    assertThat(kind.forWeights()).contains("inlay predict");
  }

  @Test
  void pcxByItsHeader() throws IOException {
    byte[] header = new byte[128];
    System.arraycopy(new byte[] {10, 5, 1, 8}, 0, header, 0, 4);
    assertThat(kind("a.png", header).what()).isEqualTo("a PCX image");
    header[1] = 1; // a version that there never was
    assertThat(FileKind.of(Files.write(folder.resolve("a.png"), header))).isEmpty();
  }

  @Test
  void tgaByItsFooterOrElseItsName() throws IOException {
    byte[] noise = new byte[60];
    noise[2] = 2;
    assertThat(kind("a.tga", noise).what()).isEqualTo("a TGA image");
    assertThat(FileKind.of(Files.write(folder.resolve("a.png"), noise))).isEmpty();
    byte[] mark = "TRUEVISION-XFILE.\0".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(mark, 0, noise, noise.length - mark.length, mark.length);
    assertThat(kind("a.png", noise).what()).isEqualTo("a TGA image");
  }

  @Test
  void aPackedVolumeByItsName() throws IOException {
    byte[] gzip = HexFormat.of().parseHex("1f8b0800");
    assertThat(kind("ct.nii.gz", gzip).what()).isEqualTo("a NIfTI volume compressed by gzip");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x.pth|version https://git-lfs.github.com/spec/v1|a Git LFS pointer",
        "x.pth|<!DOCTYPE html><html>|a web page",
        "x.pth|  <html lang='en'>|a web page",
        "x.pth|<?xml version='1.0'?><Error>|an XML document",
        "x.pth|{`error`: 404}|JSON",
        "x.json|[1, 2]|JSON",
        "x.json|{`weight_map`: {}}|the index of a model in several files",
        "x.yaml|- fcn|YAML",
        "x.pth|%!PS-Adobe-3.0|a PostScript drawing",
        "x.pth|ObjectType = Image|the header of a MetaImage volume",
        "x.py|model = dict()|a Python program",
        "x.txt|_base_ = []|a Python program",
        "x.pth|Entry not found|a text that begins with 'Entry not found'",
        "x.pth|hi|a text that begins with 'hi'"
      })
  void byItsText(String name, String text, String what) throws IOException {
    byte[] content = text.replace('`', '"').getBytes(StandardCharsets.UTF_8);
    assertThat(kind(name, content).what()).startsWith(what);
  }

  @Test
  void byItsLastBytesItsNameOrNothing() throws IOException {
    byte[] table = Arrays.copyOf(new byte[] {0, 1, 2}, 48);
    byte[] end = HexFormat.of().parseHex("57fb808b247547db");
    System.arraycopy(end, 0, table, 40, 8);
    assertThat(kind("model.ckpt", table).what()).contains("TensorFlow checkpoint");

    byte[] noise = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    assertThat(kind("model.data-00000-of-00001", noise).what()).contains("TensorFlow");
    assertThat(kind("x.caffemodel", noise).what()).contains("Caffe");
    assertThat(kind("x.pdparams", noise).what()).contains("PaddlePaddle");
    assertThat(FileKind.of(Files.write(folder.resolve("x.pth"), noise))).isEmpty();
    assertThat(kind("empty.pth", new byte[0]).what()).isEqualTo("empty");
    assertThat(FileKind.of(folder.resolve("none"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "saved_model.pb, SavedModel",
    "checkpoint, TensorFlow checkpoints",
    "model.safetensors.index.json, several files",
    "model.safetensors, a model in it",
    "pytorch_model.bin, a model in it",
    "data.pkl, unpacked PyTorch checkpoint",
    "model.weights.h5, unpacked Keras model",
    "Manifest.json, Core ML",
    "zarr.json, Zarr store",
    ".zgroup, Zarr store",
    "DICOMDIR, DICOM"
  })
  void aFolderByAFileInIt(String mark, String what) throws IOException {
    assertThat(FileKind.of(folder)).isEmpty();
    Files.createFile(folder.resolve(mark));
    assertThat(FileKind.of(folder).orElseThrow().what()).contains(what);
  }

  @Test
  void aZipFileByItsEntries() {
    assertThat(FileKind.ofZip(List.of("config.json", "model.weights.h5")).what())
        .isEqualTo("a Keras model");
    assertThat(FileKind.ofZip(List.of("arr_0.npy")).what()).contains("NumPy");
    assertThat(FileKind.ofZip(List.of("META-INF/MANIFEST.MF", "a/B.class")).what())
        .isEqualTo("a jar");
    assertThat(FileKind.ofZip(List.of("runs/best.pth")).forWeights()).contains("Unpack it");
    assertThat(FileKind.ofZip(List.of()).what()).contains("without data.pkl");
  }
}
