package dev.inlay.cli.author;

import dev.inlay.guard.Watch;

/** Tells which code ends the process of a check with System.exit. */
final class EndedBy extends Thread {

  private final EventStream events;
  private volatile boolean allowed;

  EndedBy(EventStream events) {
    super("inlay-exit");
    this.events = events;
  }

  /** From now on the process may end. */
  void allow() {
    allowed = true;
  }

  @Override
  public void run() {
    if (!allowed) {
      Watch.exitCaller().ifPresent(caller -> events.tell(Event.of(Event.Kind.EXIT, "", caller)));
    }
  }
}
