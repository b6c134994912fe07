package dev.inlay.guard;

import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Knows which foreign code runs, and tells of code that runs for longer than {@value #SECONDS}
 * seconds. One thread looks once a second, and sleeps while no foreign code runs; a call itself
 * only leaves a note.
 */
public final class Watch {

  /** The time after which a call is told of, in seconds. */
  static final int SECONDS = 5;

  /** The beginning of the names of class loaders of plugins, which stack traces show. */
  private static final String PLUGIN = "plugin jar ";

  /** A call that runs; only its own thread and the watching one change it. */
  static final class Call {
    private final String origin;
    private final @Nullable Call outer;
    private volatile long since = System.nanoTime();
    private volatile boolean told;

    private Call(String origin, @Nullable Call outer) {
      this.origin = origin;
      this.outer = outer;
    }
  }

  private static final Map<Thread, Call> RUNNING = new ConcurrentHashMap<>();
  private static final AtomicReference<@Nullable Thread> WATCHER = new AtomicReference<>();
  private static volatile boolean asleep;
  private static volatile Consumer<String> listener = Watch::log;

  private Watch() {}

  /** Who is told of code that runs for long, in a sentence; without one, the log is. */
  public static void tell(Consumer<String> messages) {
    listener = messages;
  }

  /** Lets the log be told again. */
  public static void tellLog() {
    listener = Watch::log;
  }

  private static void log(String message) {
    LoggerFactory.getLogger(Watch.class).warn(message);
  }

  /** Starts the watching thread, which also finds the time zone out before it is asked for. */
  public static void start() {
    if (WATCHER.get() == null) {
      Thread watcher = new Thread(Watch::look, "inlay-watch");
      watcher.setDaemon(true);
      if (WATCHER.compareAndSet(null, watcher)) {
        watcher.start();
      }
    }
  }

  static Call enter(String origin) {
    Thread thread = Thread.currentThread();
    Call call = new Call(origin, RUNNING.get(thread));
    RUNNING.put(thread, call);
    start();
    if (asleep) {
      LockSupport.unpark(WATCHER.get());
    }
    return call;
  }

  static void leave(Call call) {
    Thread thread = Thread.currentThread();
    if (call.outer == null) {
      RUNNING.remove(thread);
    } else {
      call.outer.since = System.nanoTime(); // The time inside was not its own.
      RUNNING.put(thread, call.outer);
    }
  }

  private static void look() {
    TimeZone.getDefault();
    while (true) {
      asleep = true;
      while (RUNNING.isEmpty()) {
        LockSupport.park();
      }
      asleep = false;
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      RUNNING.forEach(Watch::tellIfLong);
    }
  }

  private static void tellIfLong(Thread thread, Call call) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - call.since);
    if (seconds >= SECONDS && !call.told) {
      call.told = true;
      String place = place(thread.getStackTrace(), call.origin);
      listener.accept(
          "Code of %s has been running for %d seconds%s. If it never ends, end Inlay and remove the plugin."
              .formatted(call.origin, seconds, place));
    }
  }

  /** The innermost line of the plugin's code. */
  private static String place(StackTraceElement[] frames, String origin) {
    for (StackTraceElement frame : frames) {
      String loader = frame.getClassLoaderName();
      if (loader != null && loader.startsWith(PLUGIN) && loader.endsWith(origin)) {
        return " at %s.%s(%s:%d)"
            .formatted(
                frame.getClassName(),
                frame.getMethodName(),
                frame.getFileName(),
                frame.getLineNumber());
      }
    }
    return "";
  }

  /**
   * The foreign code that has called {@link System#exit}, with the line; for a shutdown hook. Empty
   * if the program's own code or a signal ends the process.
   */
  public static Optional<String> exitCaller() {
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      StackTraceElement[] frames = each.getValue();
      for (int i = 0; i < frames.length; i++) {
        if (isExit(frames[i])) {
          return caller(frames, RUNNING.get(each.getKey()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isExit(StackTraceElement frame) {
    return frame.getClassName().equals("java.lang.Runtime") && frame.getMethodName().equals("exit");
  }

  private static Optional<String> caller(StackTraceElement[] frames, @Nullable Call running) {
    for (StackTraceElement frame : frames) {
      String loader = frame.getClassLoaderName();
      if (loader != null && loader.startsWith(PLUGIN)) {
        return Optional.of(loader + place(frames, loader));
      }
    }
    return Optional.ofNullable(running).map(call -> call.origin);
  }
}
