package dev.troupe.controllers.simulation.log;

import dev.troupe.api.controller.PodLogs;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;

/// The log lines of simulated containers, see [ContainerRun].
public final class SimulatedPodLogs implements PodLogs {

  private static final Duration LOOK = Duration.ofMillis(500);

  /// Finds a pod as it is now.
  @FunctionalInterface
  public interface PodLookup {
    Optional<Pod> find(String namespace, String name);
  }

  private final PodLookup pods;
  private final InstantSource clock;
  private final ScheduledExecutorService executor;
  private final Duration look;

  /// @param executor on which lines are handed over, and those to come are waited for
  public SimulatedPodLogs(PodLookup pods, InstantSource clock, ScheduledExecutorService executor) {
    this(pods, clock, executor, LOOK);
  }

  SimulatedPodLogs(
      PodLookup pods, InstantSource clock, ScheduledExecutorService executor, Duration look) {
    this.pods = pods;
    this.clock = clock;
    this.executor = executor;
    this.look = look;
  }

  @Override
  public Flow.Publisher<Line> read(Query query) {
    return subscriber -> {
      var reading = new LogReading(query, pods, clock, executor, look, subscriber);
      subscriber.onSubscribe(reading);
      reading.start();
    };
  }
}
