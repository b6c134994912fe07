package dev.inlay.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages for every violation of the safetensors format. */
final class SafetensorsErrorsTest {
  private static final String DAMAGED =
      " The file is damaged or was written wrongly: fetch or save it again.";

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void nameFile() {
    path = folder.resolve("a.safetensors");
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(InlayException.class)
        .isThrownBy(() -> Safetensors.open(path).close())
        .withMessage(path + message);
  }

  @Test
  void missingFile() {
    assertRefused(" does not exist. Give the path of a safetensors file.");
  }

  @Test
  void folder() throws IOException {
    Files.createDirectory(path);
    assertRefused(" is a folder, not a safetensors file. Give the path of the file itself.");
  }

  @Test
  void fileWithoutPermission() throws IOException {
    assumeThat(Files.getFileAttributeView(folder, PosixFileAttributeView.class)).isNotNull();
    RawFile.write(path, "{}", 0);
    Files.setPosixFilePermissions(path, Set.of());
    assumeThat(Files.isReadable(path)).as("the user may read any file").isFalse();
    assertRefused(" cannot be read: permission denied. Check the file and its permissions.");
  }

  @ParameterizedTest
  @CsvSource({
    "0, ' is empty, not a safetensors file.'",
    "7, ' has 7 bytes; a safetensors file has at least 8.'"
  })
  void shorterThanItsLength(int bytes, String message) {
    RawFile.write(path, new byte[bytes]);
    assertRefused(message + " Fetch or save it again.");
  }

  @Test
  void headerLongerThanTheFile() {
    RawFile.write(path, little(1000));
    assertRefused(
        " announces a header of 1000 bytes, but only 0 follow. It was cut short: fetch it again.");
  }

  @ParameterizedTest
  @CsvSource({
    "100000001, 100000001",
    "9223372036854775807, 9223372036854775807",
    "-1, 18446744073709551615",
    "-9223372036854775808, 9223372036854775808"
  })
  void headerLongerThanTheFormatAllows(long length, String shown) {
    RawFile.write(path, little(length));
    assertRefused(
        " announces a header of "
            + shown
            + " bytes; a safetensors file has at most 100000000. Give a safetensors file.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "504b030400000808|a zip file|If it is a PyTorch checkpoint (.pth), make a model of it with `inlay import`.",
        "80028a0a6cfc9c46|a pickle, most likely a PyTorch checkpoint (.pth)|Make a model of it with `inlay import`.",
        "76657273696f6e2068747470733a2f2f6769742d6c6673|a Git LFS pointer|Fetch the file itself with `git lfs pull`.",
        "3c21444f43545950452048544d4c3e|a web page|Check the address that it was fetched from."
      })
  void anotherKindOfFile(String startInHex, String what, String wayOut) {
    RawFile.write(path, HexFormat.of().parseHex(startInHex));
    assertThatThrownBy(() -> Safetensors.open(path).close())
        .isInstanceOf(InlayException.class)
        .hasMessageEndingWith(" is %s, not a safetensors file. %s".formatted(what, wayOut));
  }

  private static byte[] little(long length) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
  }

  @ParameterizedTest
  @DisplayName("header that is not a JSON object")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|its header is not a JSON object, which begins with '{'.",
        "[]|its header is not a JSON object, which begins with '{'.",
        "` {}`|its header is not a JSON object, which begins with '{'.",
        "{|its header is not valid JSON: End of input at line 1 column 2 path $..",
        "{'a':1}|its header is not valid JSON: Unexpected text at line 1 column 3 path $..",
        "{}{}|its header is not valid JSON: Unexpected text at line 1 column 4 path $.",
      })
  void headerNotJsonObject(String header, String message) {
    RawFile.write(path, header, 0);
    assertRefused(": " + message + DAMAGED);
  }

  @Test
  void headerNotUtf8() {
    RawFile.write(path, new byte[] {'{', '"', (byte) 0xff, '"', ':'}, ByteBuffer.allocate(0));
    assertRefused(": its header is not UTF-8 text." + DAMAGED);
  }

  @Test
  void headerNestedTooDeep() {
    RawFile.write(path, "{\"a\":{\"more\":" + "[".repeat(1_000_000), 0);
    assertThatThrownBy(() -> Safetensors.open(path).close())
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith(
            path + ": its header is not valid JSON: Nesting limit 16 reached at line 1 column ")
        .hasMessageEndingWith(DAMAGED)
        .hasMessageMatching("(?s).{1,600}");
  }

  @Test
  void moreTensorsThanAnyNetworkHas() {
    StringBuilder header = new StringBuilder("{");
    for (int tensor = 0; tensor <= 100_000; tensor++) {
      header.append(
          "\"%d\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},".formatted(tensor));
    }
    RawFile.write(path, header.append("\"end\":{}}").toString(), 0);
    assertRefused(": its header lists more than 100000 tensors." + DAMAGED);
  }

  @Test
  void moreMetadataThanAnyFileNeeds() {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{");
    for (int text = 0; text <= 100_000; text++) {
      header.append("\"%d\":\"\",".formatted(text));
    }
    RawFile.write(path, header.append("\"end\":\"\"}}").toString(), 0);
    assertRefused(": its header has more than 100000 metadata." + DAMAGED);
  }

  @Test
  void moreDimensionsThanAnyTensorHas() {
    String shape = "1,".repeat(64) + "1";
    RawFile.write(
        path,
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[%s],\"data_offsets\":[0,1]}}".formatted(shape),
        1);
    assertRefused(": the shape of the tensor 'a' has more than 64 numbers." + DAMAGED);
  }

  @ParameterizedTest
  @DisplayName("one tensor of eight bytes that is described wrongly")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "7|the tensor 'a' must be an object, but is a number.",
        "{`shape`:[2],`data_offsets`:[0,8]}|the tensor 'a' has no dtype.",
        "{`dtype`:`F32`,`data_offsets`:[0,8]}|the tensor 'a' has no shape.",
        "{`dtype`:`F32`,`shape`:[2]}|the tensor 'a' has no data_offsets.",
        "{`dtype`:4,`shape`:[2],`data_offsets`:[0,8]}"
            + "|the dtype of the tensor 'a' must be a string, but is a number.",
        "{`dtype`:`F32`,`shape`:2,`data_offsets`:[0,8]}"
            + "|the shape of the tensor 'a' must be a list, but is a number.",
        "{`dtype`:`F32`,`shape`:null,`data_offsets`:[0,8]}"
            + "|the shape of the tensor 'a' must be a list, but is null.",
        "{`dtype`:`F32`,`shape`:[`2`],`data_offsets`:[0,8]}"
            + "|each number in the shape of the tensor 'a' must be a number, but is a string.",
        "{`dtype`:`F32`,`shape`:[true],`data_offsets`:[0,8]}"
            + "|each number in the shape of the tensor 'a' must be a number, but is a boolean.",
        "{`dtype`:`F32`,`shape`:[2.0],`data_offsets`:[0,8]}"
            + "|the shape of the tensor 'a' has '2.0'; whole numbers below 2^63 are allowed.",
        "{`dtype`:`F32`,`shape`:[9223372036854775808],`data_offsets`:[0,8]}"
            + "|the shape of the tensor 'a' has '9223372036854775808';"
            + " whole numbers below 2^63 are allowed.",
        "{`dtype`:`F32`,`shape`:[1,-2],`data_offsets`:[0,8]}"
            + "|the tensor 'a' has the shape (1, -2); no dimension is negative.",
        "{`dtype`:`F32`,`shape`:[4294967296,4294967296],`data_offsets`:[0,8]}"
            + "|the tensor 'a' has the shape (4294967296, 4294967296), more than any file holds.",
        "{`dtype`:`F32`,`shape`:[4611686018427387904],`data_offsets`:[0,8]}"
            + "|the tensor 'a' has the shape (4611686018427387904), more than any file holds.",
        "{`dtype`:`F32`,`shape`:[2],`data_offsets`:{}}"
            + "|the data_offsets of the tensor 'a' must be a list, but is an object.",
        "{`dtype`:`F32`,`shape`:[2],`data_offsets`:[8]}"
            + "|the tensor 'a' has 1 data_offsets; it needs two.",
        "{`dtype`:`F32`,`shape`:[2],`data_offsets`:[8,0]}|the tensor 'a' has the data_offsets"
            + " 8 to 0; they cannot be negative, nor end before they begin.",
        "{`dtype`:`F32`,`shape`:[2],`data_offsets`:[-8,0]}|the tensor 'a' has the data_offsets"
            + " -8 to 0; they cannot be negative, nor end before they begin.",
        "{`dtype`:`F32`,`shape`:[3],`data_offsets`:[0,8]}|the tensor 'a' has the data_offsets"
            + " 0 to 8, 8 bytes, but F32 of shape (3) takes 12.",
        "{`dtype`:`F32`,`shape`:[],`data_offsets`:[0,8]}|the tensor 'a' has the data_offsets"
            + " 0 to 8, 8 bytes, but F32 of shape () takes 4.",
        "{`dtype`:`F32`,`dtype`:`F32`,`shape`:[2],`data_offsets`:[0,8]}"
            + "|the tensor 'a' has its dtype twice.",
        "{`dtype`:`F32`,`shape`:[2],`shape`:[2],`data_offsets`:[0,8]}"
            + "|the tensor 'a' has its shape twice.",
        "{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0,8],`data_offsets`:[0,8]}"
            + "|the tensor 'a' has its data_offsets twice.",
        "{`dtype`:`F32`,`shape`:[1],`data_offsets`:[0,4]}"
            + "|4 bytes after the last tensor belong to no tensor.",
        "{`dtype`:`F32`,`shape`:[1],`data_offsets`:[4,8]}"
            + "|4 bytes before the tensor 'a' belong to no tensor.",
      })
  void tensorDescribedWrongly(String tensor, String message) {
    RawFile.write(path, "{\"a\":" + tensor.replace('`', '"') + "}", 8);
    assertRefused(": " + message + DAMAGED);
  }

  @Test
  void unknownType() {
    RawFile.write(path, "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}", 8);
    assertRefused(
        ": the tensor 'a' has the dtype 'F8_E4M3'; Inlay reads F64, F32, F16, BF16, I64, I32, I16,"
            + " I8, U8, BOOL. Convert the file to one of these.");
  }

  private static String pair(int beginA, int endA, int beginB, int endB) {
    return ("{\"a\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[%d,%d]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[%d,%d]}}")
        .formatted(endA - beginA, beginA, endA, endB - beginB, beginB, endB);
  }

  @Test
  void overlappingTensors() {
    RawFile.write(path, pair(4, 8, 0, 5), 8);
    assertRefused(
        ": the tensors 'b' and 'a' overlap: one ends at byte 5 of the data, one begins at 4."
            + DAMAGED);
  }

  @Test
  void gapBetweenTensors() {
    RawFile.write(path, pair(0, 4, 6, 8), 8);
    assertRefused(": 2 bytes before the tensor 'b' belong to no tensor." + DAMAGED);
  }

  @Test
  void dataCutShort() {
    RawFile.write(path, pair(0, 4, 4, 8), 7);
    assertRefused(
        ": the tensor 'b' ends at byte 8 of the data, but the file has only 7."
            + " It was cut short: fetch it again.");
  }

  @Test
  void sameTensorTwice() {
    RawFile.write(path, pair(0, 4, 4, 8).replace("\"b\"", "\"a\""), 8);
    assertRefused(": its header lists the tensor 'a' twice." + DAMAGED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"__metadata__\":[]}|__metadata__ must be an object, but is a list.",
        "{\"__metadata__\":{\"mIoU\":1}}|the metadata 'mIoU' must be a string, but is a number.",
        "{\"__metadata__\":{\"x\":{}}}|the metadata 'x' must be a string, but is an object.",
        "{\"__metadata__\":{\"x\":\"\",\"x\":\"\"}}|its header has the metadata 'x' twice.",
        "{\"__metadata__\":{},\"__metadata__\":{}}|its header has __metadata__ twice.",
      })
  void metadataThatAreNotText(String header, String message) {
    RawFile.write(path, header, 0);
    assertRefused(": " + message + DAMAGED);
  }

  @Test
  void namesAreShortenedAndCleanedInMessages() {
    RawFile.write(path, "{\"\\u001b[31m" + "x".repeat(100_000) + "\":1}", 0);
    assertRefused(
        ": the tensor '?[31m"
            + "x".repeat(75)
            + "…' must be an object, but is a number."
            + DAMAGED);
  }

  @Test
  void whateverIsDamagedIsRefusedOrRead() throws IOException {
    RawFile.write(path, pair(0, 4, 4, 8), 8);
    byte[] whole = Files.readAllBytes(path);
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < 500; round++) {
      byte[] damaged = whole.clone();
      for (int flip = random.nextInt(3); flip >= 0; flip--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      RawFile.write(path, damaged);
      try (Safetensors file = Safetensors.open(path)) {
        file.tensors().values().forEach(file::longs);
      } catch (InlayException e) {
        assertThat(e).hasMessageStartingWith(path.toString());
        refused++;
      }
    }
    assertThat(refused).isBetween(250, 499);
  }
}
