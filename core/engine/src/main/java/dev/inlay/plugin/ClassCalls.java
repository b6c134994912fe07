package dev.inlay.plugin;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the code of a class file calls, by its constant pool (The Java Virtual Machine
 * Specification, Java SE 17, section 4.4). Every direct call, every method reference and every call
 * in a lambda has its constant there. Calls by reflection or by a method handle that is looked up
 * at run time have none and are not seen, nor are calls of classes that the plugin defines itself:
 * this finds what is written without thinking, not what is hidden.
 */
final class ClassCalls {

  private static final int MAGIC = 0xCAFEBABE;

  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int METHOD = 10;

  private static final byte[] RUNTIME = ascii("java/lang/Runtime");
  private static final byte[] HALT = ascii("halt");

  /** The bytes of a constant with the name: its kind, its length of 4, its letters. */
  private static final String HALT_CONSTANT = "\u0001\u0000\u0004halt";

  private final ByteBuffer file;

  /** Where each constant begins; 0 for the indexes that none has. */
  private final int[] starts;

  private boolean namesHalt;

  private ClassCalls(byte[] classFile) {
    file = ByteBuffer.wrap(classFile);
    file.getInt(); // the magic number
    file.getInt(); // the version
    starts = new int[size()];
  }

  /**
   * Whether the class calls {@link Runtime#halt}. A file that is no class file does not; Java
   * refuses to define it.
   */
  static boolean haltProcess(byte[] classFile) {
    try {
      // Nearly all classes lack the name; searching for it is much faster than reading constants.
      return new String(classFile, StandardCharsets.ISO_8859_1).contains(HALT_CONSTANT)
          && ByteBuffer.wrap(classFile).getInt() == MAGIC
          && new ClassCalls(classFile).haltProcess();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      return false;
    }
  }

  private boolean haltProcess() {
    if (!readConstants() || !namesHalt) {
      return false;
    }
    for (int start : starts) {
      if (start > 0 && file.get(start) == METHOD && isHalt(start)) {
        return true;
      }
    }
    return false;
  }

  /** Notes where each constant begins; false if one is of a kind that Java 17 does not have. */
  private boolean readConstants() {
    for (int i = 1; i < starts.length; i++) {
      starts[i] = file.position();
      int kind = file.get();
      int length = length(kind);
      if (length < 0) {
        return false;
      }
      file.position(file.position() + length);
      namesHalt |= kind == UTF8 && length == HALT.length && isText(starts[i], HALT);
      if (kind == LONG || kind == DOUBLE) {
        i++; // It takes two indexes; the second one is unused.
      }
    }
    return true;
  }

  /** The bytes of a constant behind its kind. */
  private int length(int kind) {
    return switch (kind) {
      case UTF8 -> size(); // its length comes first
      case 7, 8, 16, 19, 20 -> 2; // class, string, method type, module, package
      case 15 -> 3; // method handle
      case 3, 4, 9, METHOD, 11, 12, 17, 18 -> 4; // numbers, members, names with types, dynamic ones
      case LONG, DOUBLE -> 8;
      default -> -1;
    };
  }

  /** Whether a constant of a method is {@code java.lang.Runtime.halt}. */
  private boolean isHalt(int method) {
    int type = starts[size(method + 1)];
    int nameAndType = starts[size(method + 3)];
    return isText(starts[size(type + 1)], RUNTIME) && isText(starts[size(nameAndType + 1)], HALT);
  }

  /** Whether a constant is this text; ASCII letters are the same bytes in modified UTF-8. */
  private boolean isText(int start, byte[] text) {
    int from = start + 3;
    return file.get(start) == UTF8
        && size(start + 1) == text.length
        && ByteBuffer.wrap(text).equals(file.slice(from, text.length));
  }

  private int size() {
    return Short.toUnsignedInt(file.getShort());
  }

  private int size(int at) {
    return Short.toUnsignedInt(file.getShort(at));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
