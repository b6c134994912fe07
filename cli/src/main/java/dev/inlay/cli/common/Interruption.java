package dev.inlay.cli.common;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Waits for Ctrl-C and for the signal TERM while a command can end in good order. The first signal
 * is noted; a second one ends the process at once. Where Java has no signals, the process ends as
 * usual.
 */
public final class Interruption implements AutoCloseable {

  /** The signals with the number that a shell adds to 128 for the exit code. */
  private static final Map<String, Integer> SIGNALS = Map.of("INT", 2, "TERM", 15);

  private static final int OF_SIGNALS = 128;

  private final Map<Object, Object> before = new LinkedHashMap<>();
  private final AtomicReference<String> first = new AtomicReference<>();
  private final Consumer<String> told;

  private Interruption(Consumer<String> told) {
    this.told = told;
  }

  /**
   * Begins to wait.
   *
   * @param told is called at the first signal, with its name, in a thread of its own
   */
  public static Interruption await(Consumer<String> told) {
    Interruption interruption = new Interruption(told);
    for (String name : SIGNALS.keySet()) {
      try {
        interruption.handle(name);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        // No such signal here, or Java was told to leave it alone.
      }
    }
    return interruption;
  }

  /** The class is outside Java's standard, so that it is asked for by name. */
  private void handle(String name) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object ours =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "handle" -> {
                    arrived(name);
                    yield null;
                  }
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> "the handler of " + name;
                });
    Object which = signal.getConstructor(String.class).newInstance(name);
    try {
      before.put(which, signal.getMethod("handle", signal, handler).invoke(null, which, ours));
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void arrived(String name) {
    if (first.compareAndSet(null, name)) {
      told.accept(name);
    } else {
      Runtime.getRuntime().halt(OF_SIGNALS + SIGNALS.getOrDefault(name, 0));
    }
  }

  /** Whether a signal has arrived. */
  public boolean hasArrived() {
    return first.get() != null;
  }

  /** The exit code of a process that a signal ends; empty if none has arrived. */
  public Optional<Integer> exitCode() {
    return Optional.ofNullable(first.get()).map(name -> OF_SIGNALS + SIGNALS.getOrDefault(name, 0));
  }

  /** Signals end the process again as before. */
  @Override
  public void close() {
    before.forEach(
        (which, handler) -> {
          try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            signal.getMethod("handle", signal, type).invoke(null, which, handler);
          } catch (ReflectiveOperationException e) {
            // It was there a moment ago.
          }
        });
  }
}
