package dev.inlay.compile.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive with methods and without parameters: a zip of source text and of pickles
 * for one object of class M.
 */
public final class Archive {

  /** The archive version; older ones select outdated semantics of functions such as div. */
  private static final String VERSION = "10\n";

  private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

  private Archive() {}

  /** The archive of a module with methods in the form of {@link Source}. */
  public static byte[] of(String methods) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      entry(zip, "m/data.pkl", object());
      entry(zip, "m/code/__torch__.py", text(module(methods)));
      entry(zip, "m/constants.pkl", EMPTY_TUPLE);
      entry(zip, "m/version", text(VERSION));
    } catch (IOException e) {
      throw new UncheckedIOException("an archive in memory can't fail", e);
    }
    return bytes.toByteArray();
  }

  private static String module(String methods) {
    String self = methods.replace("(self", "(self: __torch__.M");
    return "class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
        + self;
  }

  /** The pickle of an object of class M with its only attribute, training = False. */
  private static byte[] object() throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2});
    pickle.write(text("c__torch__\nM\n"));
    pickle.write(new byte[] {')', (byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
    pickle.write(text("training"));
    pickle.write(new byte[] {(byte) 0x89, 'u', 'b', '.'});
    return pickle.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
