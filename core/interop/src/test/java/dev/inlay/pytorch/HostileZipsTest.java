package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zip files that are not what PyTorch writes. */
final class HostileZipsTest {
  private static final byte[] PICKLE =
      RawPickle.begun().op("}").text("weight").tensor().op("s").end();

  @TempDir Path folder;

  private String refusal(RawZip zip) {
    return Attempt.refusal(folder, zip.end());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void bothKindsOfDirectoriesAreRead() {
    for (RawZip zip : new RawZip[] {RawZip.checkpoint(PICKLE), RawZip.checkpoint(PICKLE).big()}) {
      try (PyTorchFile file = Attempt.opened(folder, zip.end())) {
        assertThat(file.floats(file.tensor("weight"))).containsExactly(1, 2, 3, 4);
      }
    }
  }

  @Test
  void aBombIsNotUnpacked() {
    RawZip zip = new RawZip();
    RawZip.Entry bomb = zip.add("a/data.pkl", deflatedZeros(), Deflater.DEFLATED);
    bomb.bytes = 4L << 30;
    assertThat(refusal(zip.big())).contains("its zip entry 'a/data.pkl' is compressed");

    RawZip beside = RawZip.checkpoint(PICKLE);
    beside.add("a/data/1", deflatedZeros(), Deflater.DEFLATED).bytes = 1L << 40;
    assertThat(refusal(beside.big())).contains("its zip entry 'a/data/1' is compressed");
  }

  private static byte[] deflatedZeros() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream packer = new DeflaterOutputStream(bytes)) {
      packer.write(new byte[1 << 20]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void namesThatAreThereTwice() {
    RawZip zip = RawZip.checkpoint(PICKLE);
    zip.add("a/data.pkl", PICKLE);
    assertThat(refusal(zip)).contains("has the zip entry 'a/data.pkl' twice");
    RawZip storages = RawZip.checkpoint(PICKLE);
    storages.add("a/data/0", RawZip.floats(4, 3, 2, 1));
    assertThat(refusal(storages)).contains("has the zip entry 'a/data/0' twice");
    RawZip folders = RawZip.checkpoint(PICKLE);
    folders.add("b/data.pkl", PICKLE);
    assertThat(refusal(folders)).contains("has 2 entries data.pkl");
  }

  @Test
  void entriesThatOverlap() {
    RawZip same = new RawZip();
    RawZip.Entry first = same.add("a/data.pkl", PICKLE);
    same.again(first, "a/data.pkx");
    assertThat(refusal(same))
        .contains("'a/data.pkx' has a local header that differs from the zip directory");

    byte[] local = Arrays.copyOf(RawZip.checkpoint(PICKLE).end(), 30 + "a/data.pkl".length());
    RawZip inside = RawZip.checkpoint(PICKLE);
    byte[] hidden = Arrays.copyOf(local, local.length + 16);
    System.arraycopy(utf8("a/data/009"), 0, hidden, 30, 10);
    RawZip.Entry outer = inside.add("a/data/1", hidden);
    RawZip.Entry inner = inside.again(outer, "a/data/009");
    inner.begin = outer.begin + 30 + "a/data/1".length();
    inner.bytes = 16;
    inner.packed = 16;
    assertThat(refusal(inside)).contains("its zip entries 'a/data/1' and 'a/data/009' overlap");
  }

  @Test
  void placesAndSizesOutsideOfTheFile() {
    RawZip large = RawZip.checkpoint(PICKLE);
    RawZip.Entry entry = large.add("a/data/1", new byte[4]);
    entry.bytes = 1000;
    entry.packed = 1000;
    assertThat(refusal(large)).contains("'a/data/1' has 1000 bytes, more than the file");

    RawZip disagreeing = RawZip.checkpoint(PICKLE);
    disagreeing.add("a/data/1", new byte[4]).packed = 3;
    assertThat(refusal(disagreeing)).contains("'a/data/1' has 4 bytes, but 3 as stored");

    RawZip away = RawZip.checkpoint(PICKLE);
    away.add("a/data/1", new byte[4]).begin = 1 << 30;
    assertThat(refusal(away)).contains("'a/data/1' begins outside of the file");

    RawZip negative = RawZip.checkpoint(PICKLE).big();
    entry = negative.add("a/data/1", new byte[4]);
    entry.bytes = -1;
    entry.packed = -1;
    assertThat(refusal(negative)).contains("has 18446744073709551615 bytes, more than the file");

    RawZip before = RawZip.checkpoint(PICKLE).big();
    before.add("a/data/1", new byte[4]).begin = Long.MIN_VALUE;
    assertThat(refusal(before)).contains("'a/data/1' begins outside of the file");
  }

  @Test
  void namesThatLeadOut() {
    for (String name : new String[] {"../data/1", "a/../../b", "/etc/passwd", "a\\b", ""}) {
      RawZip zip = RawZip.checkpoint(PICKLE);
      zip.add(name, new byte[4]);
      assertThat(refusal(zip)).contains("has a name that leads out of the archive");
    }
  }

  @Test
  void encryptedEntries() {
    RawZip zip = RawZip.checkpoint(PICKLE);
    zip.add("a/data/1", new byte[4]).flags = 1;
    assertThat(refusal(zip)).contains("'a/data/1' is encrypted");
  }

  @Test
  void damagedPickle() {
    RawZip zip = new RawZip();
    zip.add("a/data.pkl", PICKLE).checksum ^= 1;
    assertThat(refusal(zip)).contains("its data.pkl does not match its CRC-32");
  }

  @Test
  void otherKindsOfZipFiles() {
    RawZip jar = new RawZip();
    jar.add("META-INF/MANIFEST.MF", new byte[0]);
    assertThat(refusal(jar)).contains("is a jar, not a PyTorch checkpoint");
    RawZip bigEndian = new RawZip();
    bigEndian.add("a/data.pkl", PICKLE);
    bigEndian.add("a/byteorder", utf8("big"));
    assertThat(refusal(bigEndian)).contains("its numbers have the byte order 'big'");
    RawZip program = new RawZip();
    program.add("a/data.pkl", PICKLE);
    program.add("a/constants.pkl", PICKLE);
    assertThat(refusal(program)).contains("is a TorchScript program, not a checkpoint");
    assertThat(refusal(new RawZip())).contains("without data.pkl");
  }

  @Test
  void directoriesThatAreNotThere() {
    byte[] whole = RawZip.checkpoint(PICKLE).end();
    assertThat(Attempt.refusal(folder, Arrays.copyOf(whole, whole.length - 1)))
        .contains("has no zip directory: most likely it was cut short");
    byte[] huge = RawZip.checkpoint(PICKLE).end();
    Arrays.fill(huge, huge.length - 14, huge.length - 2, (byte) 0xff);
    assertThat(Attempt.refusal(folder, huge)).contains("its zip directory lies outside");
    byte[] more = RawZip.checkpoint(PICKLE).end();
    more[more.length - 12] = 4;
    assertThat(Attempt.refusal(folder, more)).contains("fewer entries than it declares");
    byte[] fewer = RawZip.checkpoint(PICKLE).end();
    fewer[fewer.length - 12] = 2;
    assertThat(Attempt.refusal(folder, fewer)).contains("goes on after its 2 entries");
  }

  @Test
  void manyEntriesAreReadOrRefused() {
    RawZip zip = RawZip.checkpoint(PICKLE);
    for (int i = 0; i < 19_000; i++) {
      zip.add("a/data/x" + i, new byte[0]);
    }
    try (PyTorchFile file = Attempt.opened(folder, zip.big().end())) {
      assertThat(file.tensors()).hasSize(1);
    }
    for (int i = 19_000; i < 20_000; i++) {
      zip.add("a/data/x" + i, new byte[0]);
    }
    assertThat(refusal(zip.big())).contains("declares 20003 entries in");
  }
}
