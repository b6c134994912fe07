package dev.inlay.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which classes call Runtime.halt, by their bytes. */
final class ClassCallsTest {

  static final class Direct {
    void end() {
      Runtime.getRuntime().halt(3);
    }
  }

  static final class InLambda {
    Runnable end() {
      return () -> Runtime.getRuntime().halt(3);
    }
  }

  static final class ByReference {
    IntConsumer end() {
      return Runtime.getRuntime()::halt;
    }
  }

  /** Numbers of two indexes stand before, between and behind the constants that count. */
  static final class AmongNumbers {
    double end(long a, double b) {
      long first = a + 0x0A_00_01_00_02_0A_00_01L;
      double second = b * 1.7976931348623157e308;
      if (first > 0x7FFF_FFFF_FFFF_FFF1L) {
        Runtime.getRuntime().halt((int) a);
      }
      return second + first + 3.141592653589793 + 0x1.0p-1022;
    }
  }

  /** Has the words and methods of these names, but not the call. */
  static final class OnlyNames {
    static final List<String> TEXTS =
        List.of("halt", "java/lang/Runtime", "(I)V", "\0ha\uD83D\uDED1");

    void halt(int code) {
      long number = 0x68_61_6C_74_00_04L + code;
      Runtime.getRuntime().exit((int) number + TEXTS.size());
    }

    void end() {
      halt((int) Runtime.getRuntime().maxMemory());
    }
  }

  static final class WithoutAny {
    @Override
    public String toString() {
      return "none";
    }
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    String name = type.getName();
    try (InputStream file =
        type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
      assertThat(file).isNotNull();
      return file.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Direct.class, InLambda.class, ByReference.class, AmongNumbers.class})
  void callsAreSeen(Class<?> type) throws IOException {
    assertThat(ClassCalls.haltProcess(bytes(type))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        OnlyNames.class,
        WithoutAny.class,
        ClassCalls.class,
        PluginClasses.class,
        List.class
      })
  void namesAloneAreNoCall(Class<?> type) throws IOException {
    assertThat(ClassCalls.haltProcess(bytes(type))).isFalse();
  }

  @Test
  void whatIsNoClassFileCallsNothing() throws IOException {
    byte[] whole = bytes(Direct.class);
    for (int length = 0; length < whole.length; length++) {
      ClassCalls.haltProcess(Arrays.copyOf(whole, length)); // throws nothing
    }
    assertThat(ClassCalls.haltProcess(new byte[0])).isFalse();
    assertThat(ClassCalls.haltProcess(new byte[100])).isFalse();
    for (int at = 0; at < Math.min(whole.length, 400); at++) {
      for (int value : new int[] {0, 1, 5, 10, 12, 127, 255}) {
        byte[] broken = whole.clone();
        broken[at] = (byte) value;
        ClassCalls.haltProcess(broken); // throws nothing
      }
    }
    byte[] otherMagic = whole.clone();
    otherMagic[0] = 0;
    assertThat(ClassCalls.haltProcess(otherMagic)).isFalse();
    byte[] unknownKind = whole.clone();
    unknownKind[10] = (byte) 99;
    assertThat(ClassCalls.haltProcess(unknownKind)).isFalse();
  }
}
