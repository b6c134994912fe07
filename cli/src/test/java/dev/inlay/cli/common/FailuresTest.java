package dev.inlay.cli.common;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import dev.inlay.InlayException;
import dev.inlay.cli.Run;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Every kind of failure is one message with the right exit code. */
final class FailuresTest {

  private static Run report(Throwable failure) {
    StringWriter err = new StringWriter();
    int code = new Failures(new PrintWriter(err), () -> false).report(failure);
    return new Run(code, "", err.toString().strip());
  }

  @Test
  void mistakeIsItsMessage() {
    assertThat(report(new InlayException("a.png is missing; name another")))
        .isEqualTo(new Run(2, "", "inlay: a.png is missing; name another"));
  }

  @Test
  void whateverElseIsAFaultOfInlay() {
    Run run = report(new IllegalStateException("no such state\nat all"));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith(
            "inlay: This is a fault in Inlay: IllegalStateException: no such"
                + " state at dev.inlay.cli.common.FailuresTest.")
        .endsWith(
            "(see where with --debug or INLAY_DEBUG=1). Please report it with what 'inlay doctor"
                + " --json' prints.");
  }

  @Test
  void errorOfTheEngineIsTheLineThatSaysWhy() {
    Run run =
        report(
            new IllegalStateException(
                "it did not work",
                new EngineException(
                    """
                    The following operation failed in the TorchScript interpreter.
                    Traceback of TorchScript, serialized code (most recent call last):
                      File "code/__torch__.py", line 5, in forward
                    RuntimeError: Given groups=1, expected 3 channels
                    """)));

    assertThat(run)
        .isEqualTo(
            new Run(
                1,
                "",
                "inlay: The engine failed: Given groups=1, expected 3 channels"
                    + " (see where with --debug or INLAY_DEBUG=1)."));
  }

  @Test
  void wantOfMemoryNamesTheWayOut() {
    assertThat(report(new EngineException("DefaultCPUAllocator: can't allocate memory: 9 bytes.")))
        .isEqualTo(
            new Run(
                1,
                "",
                "inlay: The memory does not suffice: DefaultCPUAllocator: can't allocate memory: 9"
                    + " bytes. Take smaller or fewer images, or a smaller network."));
    assertThat(report(new OutOfMemoryError("Java heap space")))
        .isEqualTo(
            new Run(
                1,
                "",
                "inlay: Java's memory does not suffice (Java heap space). Give it more, as in"
                    + " INLAY_JAVA_OPTS=-Xmx8g, or use smaller or fewer images."));
  }

  @Test
  void engineErrorNamesTheStageAndTheAuthorsLine() {
    String message =
        """
        The following operation failed in the TorchScript interpreter.
        Traceback of TorchScript, serialized code (most recent call last):
          File "code/__torch__.py", line 7, in forward
            t0 = torch.relu(image)  # squeeze Squeeze.java:12
            t1 = torch.add(t0, w)  # squeeze Squeeze.java:21
                 ~~~~~~~~~ <--- HERE
            return t1

        Traceback of TorchScript, original code (most recent call last):
        RuntimeError: The size of tensor a (4) must match the size of tensor b (7)
        """;

    assertThat(report(new EngineException(message)).err())
        .startsWith(
            "inlay: The engine failed: The size of tensor a (4) must match the size of tensor b (7),"
                + " in squeeze Squeeze.java:21 (");
  }

  @Test
  void engineThatDoesNotStartIsNamed() {
    assertThat(report(new UnsatisfiedLinkError("libtorch.so: cannot open")).err())
        .startsWith("inlay: The engine does not start: libtorch.so: cannot open");
    assertThat(report(new EngineException("Failed to load PyTorch native library")).err())
        .startsWith("inlay: The engine does not start: Failed to load PyTorch native library");
  }
}
