package dev.troupe.clusterconfig.discovery;

import dev.troupe.runtime.failure.Failures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for members again and again until it is closed. What was found last stays known meanwhile,
/// also while nothing can be looked up.
public final class SeedSearch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SeedSearch.class);

  private final Seeds seeds;
  private final SearchPace pace;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("seed-search").factory());

  private volatile List<String> known = List.of();
  private volatile Optional<String> trouble = Optional.of("members have not been looked up yet");
  private int failures;

  private SeedSearch(Seeds seeds, SearchPace pace) {
    this.seeds = seeds;
    this.pace = pace;
  }

  /// Begins to look.
  public static SeedSearch start(Seeds seeds) {
    return start(seeds, SearchPace.STANDARD);
  }

  static SeedSearch start(Seeds seeds, SearchPace pace) {
    var search = new SeedSearch(seeds, pace);
    search.thread.execute(search::look);
    return search;
  }

  /// What was found last; nothing if that was nothing, or nothing was found yet.
  public List<String> known() {
    return known;
  }

  /// Why nothing is known, or what is known may be old.
  public Optional<String> trouble() {
    return trouble;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    var _ =
        CompletableFuture.completedFuture(seeds)
            .thenCompose(Seeds::find)
            .orTimeout(pace.deadline().toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(this::again);
  }

  private void again(@Nullable List<String> found, @Nullable Throwable failure) {
    if (failure == null && found != null && !found.isEmpty()) {
      failures = 0;
      known = List.copyOf(found);
      trouble = Optional.empty();
    } else {
      failures++;
      if (failure == null) {
        known = List.of();
      }
      tell(failure == null ? "members are looked for, and nobody is found" : sentence(failure));
    }
    later(pace.pause(failures));
  }

  private void tell(String sentence) {
    if (!trouble.equals(Optional.of(sentence))) {
      trouble = Optional.of(sentence);
      LOG.warn("{}; looked for again", sentence);
    }
  }

  private void later(Duration pause) {
    try {
      var _ = thread.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // Nobody wants to know any more.
    }
  }

  private String sentence(Throwable failure) {
    var cause = Failures.cause(failure);
    return switch (cause) {
      case TimeoutException _ ->
          "members could not be looked up within " + pace.deadline().toSeconds() + " s";
      case LookupFailedException told -> String.valueOf(told.getMessage());
      default -> "members could not be looked up: " + cause;
    };
  }
}
