package dev.inlay.weights;

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
        "894844460d0a1a0a000000|an HDF5 file|Keras or h5py",
        "474755460300000000000000|a GGUF file|gguf",
        "934e554d5059010076|a NumPy array|NumPy",
        "1c00000054464c33000000|a TensorFlow Lite program|TensorFlow",
        "120100000000000000000000000000000500|an MXNet file|MXNet",
        "000000000000000000000000000000000500000008051003|PaddlePaddle's parameters|PaddlePaddle",
        "080112f0ff0a08|a program of TensorFlow|TensorFlow",
        "08081207707974 6f726368|an ONNX program|exported from",
        "08073a9fff0a|an ONNX program|exported from",
        "0803120b4f4e4e580001|an ONNX program|exported from",
        "1f8b0800|compressed by gzip|gunzip",
        "425a6839314159|compressed by bzip2|bunzip2",
        "fd377a585a000004|compressed by xz|unxz",
        "28b52ffd0458|compressed by zstd|unzstd",
        "04224d18644070|compressed by lz4|unlz4",
        "377abcaf271c0004|a 7z archive|Unpack it",
        "526172211a0700|a RAR archive|Unpack it",
        "89504e470d0a1a0a00|a PNG image|inlay predict",
        "ffd8ffe000104a46|a JPEG image|inlay predict",
        "474946383961010001|a GIF image|inlay predict",
        "49492a00080000|a TIFF image|inlay predict",
        "4d4d002a000000|a TIFF image|inlay predict",
        "49492b000800000010|a BigTIFF image|Convert it to TIFF below 4 GB",
        "4d4d002b000800000010|a BigTIFF image|Convert it to TIFF below 4 GB",
        "524946461a000000574542505650|a WebP image|Convert it to PNG",
        "000000186674797068656963|such as HEIC|Convert it to PNG",
        "0000000c6a5020200d0a870a|a JPEG 2000 image|Convert it",
        "424d3600000000|a BMP image|inlay predict",
        "255044462d312e37|a PDF file|Give the file",
        "53514c69746520666f726d6174203300|an SQLite database|weights",
        "7f454c4602010100|a program or library|weights",
        "4d5a900003000000|a program for Windows|weights",
        "5041523115|a Parquet file|weights",
        "504b030414|a zip file, most likely a PyTorch checkpoint|inlay import",
        "80024d e903|a pickle, most likely a PyTorch checkpoint|inlay import"
      })
  void byItsFirstBytes(String hex, String what, String wayOut) throws IOException {
    FileKind kind = kind("model.pth", HexFormat.of().parseHex(hex.replace(" ", "")));
    assertThat(kind.what()).contains(what);
    assertThat(kind.wayOut()).contains(wayOut).endsWith(".");
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
    "Manifest.json, Core ML"
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
    assertThat(FileKind.ofZip(List.of("runs/best.pth")).wayOut()).contains("Unpack it");
    assertThat(FileKind.ofZip(List.of()).what()).contains("without data.pkl");
  }
}
