package dev.troupe.clusterconfig.supervision;

import dev.troupe.clusterconfig.supervision.logic.Glimpse;
import dev.troupe.clusterconfig.supervision.logic.ProcessEnd;
import dev.troupe.clusterconfig.supervision.logic.RestartEffect;
import dev.troupe.clusterconfig.supervision.logic.RestartLimits;
import dev.troupe.clusterconfig.supervision.logic.RestartRule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after processes: what has ended is started again. It knows nothing that it does not see,
/// so one that takes the place of another goes on with what runs.
public final class Supervisor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final List<Watched> all = new ArrayList<>();
  private final Optional<Supervised> database;
  private final InstantSource clock;
  private final Consumer<String> told;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("supervisor").unstarted(this::watch);

  private static final class Watched {

    private final Supervised process;
    private final RestartRule rule;

    /// Why it could not be started the last time, if it could not.
    private Optional<String> refusal = Optional.empty();

    private volatile boolean givenUp;

    private Watched(Supervised process, RestartLimits limits) {
      this.process = process;
      this.rule = new RestartRule(process.name(), limits);
    }
  }

  private Supervisor(
      Optional<Supervised> database,
      List<? extends Supervised> members,
      RestartLimits limits,
      InstantSource clock,
      Consumer<String> told) {
    this.database = database;
    this.clock = clock;
    this.told = told;
    database.ifPresent(process -> all.add(new Watched(process, limits)));
    members.forEach(process -> all.add(new Watched(process, limits)));
  }

  /// Begins to watch.
  ///
  /// @param database no member is started while it does not run
  /// @param told gets sentences for people
  public static Supervisor over(
      Optional<Supervised> database,
      List<? extends Supervised> members,
      RestartLimits limits,
      InstantSource clock,
      Consumer<String> told) {
    var supervisor = new Supervisor(database, members, limits, clock, told);
    supervisor.thread.start();
    return supervisor;
  }

  private void watch() {
    try {
      do {
        all.forEach(this::lookAt);
      } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAt(Watched watched) {
    if (closed.getCount() == 0) {
      return;
    }
    try {
      for (var effect : watched.rule.on(glimpse(watched), clock.instant())) {
        switch (effect) {
          case RestartEffect.Tell(var sentence) -> told.accept(sentence);
          case RestartEffect.Start() -> start(watched);
        }
      }
      watched.givenUp = watched.rule.hasGivenUp();
    } catch (RuntimeException failure) {
      // Of looking: a disk that is full, a file that cannot be read. It is looked at again.
      LOG.warn("{} cannot be looked after: {}", watched.process.name(), failure.toString());
    }
  }

  private Glimpse glimpse(Watched watched) {
    var process = watched.process;
    var running = process.running();
    if (running.isPresent()) {
      return new Glimpse.Running(began(running.get()));
    }
    if (!process.isWanted() || isTooEarlyFor(process)) {
      return new Glimpse.Unwanted();
    }
    if (process.isAsked()) {
      return new Glimpse.Asked();
    }
    return watched
        .refusal
        .map(refusal -> new Glimpse.Gone(refusal, ProcessEnd.ORDINARY))
        .orElseGet(() -> new Glimpse.Gone(process.lastWords(), process.end()));
  }

  private boolean isTooEarlyFor(Supervised process) {
    return database
        .filter(one -> !one.equals(process))
        .filter(one -> one.running().isEmpty())
        .isPresent();
  }

  private Instant began(ProcessHandle process) {
    return process.info().startInstant().orElseGet(clock::instant);
  }

  private void start(Watched watched) {
    try {
      watched.refusal = Optional.empty();
      watched.process.start();
    } catch (RuntimeException failure) {
      watched.refusal = Optional.of(String.valueOf(failure.getMessage()));
    }
  }

  /// Whether no member is left that would be started again by itself.
  public boolean hasGivenUpMembers() {
    return all.stream()
        .filter(watched -> database.filter(watched.process::equals).isEmpty())
        .allMatch(watched -> watched.givenUp);
  }

  /// Watches no more, and leaves all processes as they are.
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
