package dev.troupe.runtime.trace;

import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.typed.ActorSystem;

/// Tells a member where its spans are recorded. Part of its actor system's setup, if they are.
public final class TracesSetup extends Setup {

  private final Traces traces;

  public TracesSetup(Traces traces) {
    this.traces = traces;
  }

  /// Those of a system; off if it was not told any.
  public static Traces of(ActorSystem<?> system) {
    return system
        .settings()
        .setup()
        .get(TracesSetup.class)
        .map(setup -> setup.traces)
        .orElse(Traces.OFF);
  }
}
