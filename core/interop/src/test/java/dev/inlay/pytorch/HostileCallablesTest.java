package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pickles that would call something in whatever believes them. */
final class HostileCallablesTest {
  private static final Consumer<RawPickle> NOTHING = pickle -> {};

  @TempDir Path folder;

  private String refusal(byte[] pickle) {
    return Attempt.refusal(folder, RawZip.checkpoint(pickle).end());
  }

  private String refusal(RawPickle pickle) {
    return refusal(pickle.end());
  }

  private PyTorchFile opened(byte[] pickle) {
    return Attempt.opened(folder, RawZip.checkpoint(pickle).end());
  }

  private static RawPickle reduce(RawPickle pickle, String module, String name) {
    return pickle.global(module, name).op("(").text("touch harm").op("tR");
  }

  @ParameterizedTest
  @CsvSource({
    "os, system",
    "posix, system",
    "nt, system",
    "os.path, join",
    "subprocess, Popen",
    "subprocess, check_output",
    "sys, exit",
    "shutil, rmtree",
    "socket, create_connection",
    "pty, spawn",
    "runpy, run_path",
    "importlib, import_module",
    "ctypes, CDLL",
    "webbrowser, open",
    "pickle, loads",
    "builtins, eval",
    "builtins, exec",
    "builtins, open",
    "builtins, __import__",
    "builtins, eval.__call__",
    "builtins, breakpoint",
    "__builtin__, eval",
    "__builtin__, execfile",
    "__builtin__, apply",
    "io, open",
    "torch.serialization, os.system",
    "torch, __builtins__.eval"
  })
  void callablesOfNoCheckpointAreRefusedWhereverTheyStand(String module, String name) {
    String message =
        ": it asks for '%s.%s' to be called when it is loaded, which no checkpoint needs. "
                .formatted(module, name)
            + "Nothing was run. Do not load the file with another program; get the weights from a source that you trust.";

    assertThat(refusal(reduce(RawPickle.begun(), module, name))).isEqualTo(message);
    assertThat(
            refusal(
                RawPickle.checkpoint(inside -> reduce(inside.text("bias"), module, name), NOTHING)))
        .isEqualTo(message);
    assertThat(
            refusal(
                RawPickle.checkpoint(
                    NOTHING, beside -> reduce(beside.text("optimizer"), module, name))))
        .isEqualTo(message);
  }

  @Test
  void everyWayToNameACallableIsSeen() {
    String message = ": it asks for 'os.system' to be called when it is loaded";
    RawPickle stackGlobal = RawPickle.begun().text("os").text("system").op(0x93).op("(").text("x");

    assertThat(refusal(stackGlobal.op("tR"))).startsWith(message);
    assertThat(refusal(RawPickle.begun().op("(").text("x").op("ios\nsystem\n")))
        .startsWith(message);
    assertThat(refusal(RawPickle.begun().op("(").global("os", "system").text("x").op("o")))
        .startsWith(message);
    assertThat(refusal(RawPickle.begun().global("os", "system").op("(").text("x").op("t", 0x81)))
        .startsWith(message);
    assertThat(refusal(RawPickle.begun().global("os", "system").op("(").text("x").op("t}", 0x92)))
        .startsWith(message);
    // Named but never called, and hidden behind a getattr.
    assertThat(refusal(RawPickle.begun().global("os", "system"))).startsWith(message);
    assertThat(
            refusal(
                RawPickle.begun()
                    .global("builtins", "getattr")
                    .op("(")
                    .global("os", "path")
                    .text("system")
                    .op("tR")))
        .contains("'os.path'");
    assertThat(Attempt.refusal(folder, reduce(RawPickle.begun(), "os", "system").end()))
        .startsWith(message);
  }

  @Test
  void otherClassesAreOnlyNamed() {
    byte[] pickle =
        RawPickle.checkpoint(
            NOTHING,
            beside ->
                beside
                    .text("reduced")
                    .global("java.lang", "Runtime")
                    .op(")R")
                    .text("made")
                    .global("evil", "Thing")
                    .op(")", 0x81)
                    .op("(")
                    .text("__setstate__")
                    .global("evil", "setter")
                    .op("db")
                    .text("filled")
                    .global("evil", "List")
                    .op(")R(K\1e(K\1K\2u")
                    .text("called")
                    .global("evil", "factory")
                    .op(")R)R")
                    .text("nested")
                    .global("__builtin__", "getattr")
                    .op("(")
                    .global("evil", "Outer")
                    .text("Inner")
                    .op("tR"));
    try (PyTorchFile file = opened(pickle)) {
      assertThat(file.floats(file.tensor("weight"))).containsExactly(1, 2, 3, 4);
      assertThat(file.skipped())
          .extracting(Skipped::toString)
          .containsExactly(
              "reduced: java.lang.Runtime",
              "made: evil.Thing",
              "filled: evil.List",
              "called: evil.factory",
              "nested: __builtin__.getattr");
    }
  }

  @Test
  void anObjectWhereATensorShouldBeIsRefusedByName() {
    assertThat(
            refusal(
                RawPickle.checkpoint(
                    inside -> inside.text("bias").global("evil", "Tensor").op(")R"), NOTHING)))
        .startsWith(": 'bias' in its state dict is evil.Tensor, which is not loaded");
    assertThat(
            refusal(
                RawPickle.begun().op("}").text("state_dict").global("evil", "Dict").op(")R", 's')))
        .startsWith(": its state_dict is an object of evil.Dict, which is not loaded");
    assertThat(refusal(RawPickle.begun().global("evil", "Model").op(")", 0x81)))
        .startsWith(": it holds evil.Model, not a dictionary of tensors");
  }

  @Test
  void aStateDictThatIsNotThereIsMissed() {
    assertThat(
            refusal(
                RawPickle.begun()
                    .op("}(")
                    .text("epoch")
                    .op("K\3")
                    .text("lr")
                    .op("N")
                    .text("x")
                    .op("]u")))
        .isEqualTo(
            ": it has no state dict: its top level holds 'epoch' (the number 3), 'lr' (None), "
                + "'x' (a list). Save it in Python with torch.save(model.state_dict(), path).");
  }
}
