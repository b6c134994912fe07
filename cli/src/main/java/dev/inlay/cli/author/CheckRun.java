package dev.inlay.cli.author;

import dev.inlay.InlayException;
import dev.inlay.files.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The process of a check, as the command sees it: started, read, and ended when its time is up. */
final class CheckRun {

  /** How the process ended, where it was not as it should; empty else. */
  record End(Optional<String> fault) {}

  private static final long GRACE = 3_000;
  private static final int SIGNAL = 128;
  private static final int KILLED = 9;

  private final CheckRequest request;
  private final Consumer<Event> listener;
  private String where = "while the jar was loaded";

  CheckRun(CheckRequest request, Consumer<Event> listener) {
    this.request = request;
    this.listener = listener;
  }

  /** Runs the process to its end and hands its events on. */
  End run() {
    Process process = start();
    try {
      return follow(process, events(process));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new End(Optional.of("The check was interrupted."));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(inherited());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CheckProcess.class.getName());
    command.add(request.text());
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new InlayException(
          "The process of the check does not start: %s.".formatted(Reason.of(e)), e);
    }
  }

  /** Options of this process that the other one needs, too. */
  private static List<String> inherited() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            option ->
                option.startsWith("-Xm")
                    || option.startsWith("-Dinlay.home=")
                    || option.startsWith("--enable-native-access"))
        .toList();
  }

  private BlockingQueue<Optional<Event>> events(Process process) {
    BlockingQueue<Optional<Event>> queue = new LinkedBlockingQueue<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  EventStream.read(request.mark(), line).map(Optional::of).ifPresent(queue::add);
                }
              } catch (IOException e) {
                // The process has ended; what it told is in the queue.
              }
              queue.add(Optional.empty());
            },
            "inlay-check");
    reader.setDaemon(true);
    reader.start();
    return queue;
  }

  private End follow(Process process, BlockingQueue<Optional<Event>> events)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(request.milliseconds() + GRACE);
    while (true) {
      Optional<Event> next = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return new End(Optional.of(hung("")));
      }
      if (next.isEmpty()) {
        return new End(Optional.of(ended(process.waitFor())));
      }
      Event event = next.get();
      switch (event.kind()) {
        case DONE -> {
          return new End(Optional.empty());
        }
        case HUNG -> {
          return new End(Optional.of(hung(event.text())));
        }
        case EXIT -> {
          return new End(
              Optional.of(
                  "Code of %s has ended the process with System.exit, %s. A technique describes a network; it never ends a program."
                      .formatted(event.text(), where)));
        }
        case BEGUN -> where = "during '%s' of %s".formatted(event.text(), event.technique());
        default -> {}
      }
      listener.accept(event);
    }
  }

  private String hung(String place) {
    return "The check did not end within %d seconds, %s%s. If the code is only slow, give --time-limit more."
        .formatted(
            TimeUnit.MILLISECONDS.toSeconds(request.milliseconds()),
            where,
            place.isEmpty() ? "" : ", at " + place);
  }

  private String ended(int code) {
    if (code == SIGNAL + KILLED) {
      return "The process was killed, %s. A system does that where memory runs out; describe smaller values."
          .formatted(where);
    }
    return code > SIGNAL
        ? "The process crashed with the signal %d, %s. Native code and expressions of raw can do that."
            .formatted(code - SIGNAL, where)
        : "The process ended by itself with the code %d, %s. Runtime.halt leaves no other trace."
            .formatted(code, where);
  }
}
