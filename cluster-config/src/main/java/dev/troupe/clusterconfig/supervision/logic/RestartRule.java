package dev.troupe.clusterconfig.supervision.logic;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Says of one process when it is started again. What counts is what is seen, not what was heard:
/// whoever begins to look in the middle of its life comes to the same.
public final class RestartRule {

  private enum Phase {
    UNSEEN,
    RUNNING,
    WAITING,
    GIVEN_UP
  }

  private final String name;
  private final RestartLimits limits;

  private Phase phase = Phase.UNSEEN;
  private Instant began = Instant.EPOCH;
  private Instant due = Instant.EPOCH;
  private int earlyEnds;

  /// @param name of the process, for people
  public RestartRule(String name, RestartLimits limits) {
    this.name = name;
    this.limits = limits;
  }

  /// Called again and again. After a [RestartEffect.Start] the process counts as running, until it
  /// is seen to be gone.
  public List<RestartEffect> on(Glimpse glimpse, Instant now) {
    return switch (glimpse) {
      case Glimpse.Running running -> runs(running.began(), now);
      case Glimpse.Unwanted() -> rest();
      case Glimpse.Asked() -> asked(now);
      case Glimpse.Gone gone ->
          switch (phase) {
            case UNSEEN -> start(now);
            case RUNNING -> ended(gone, now);
            case WAITING -> waited(now);
            case GIVEN_UP -> List.of();
          };
    };
  }

  private List<RestartEffect> runs(Instant since, Instant now) {
    phase = Phase.RUNNING;
    began = since;
    if (earlyEnds > 0 && isSteady(now)) {
      boolean wasTold = earlyEnds >= limits.early();
      earlyEnds = 0;
      if (wasTold) {
        return List.of(
            new RestartEffect.Tell(
                "%s runs again, for %s by now".formatted(name, text(limits.steady()))));
      }
    }
    return List.of();
  }

  /// What somebody has stopped did not end early.
  private List<RestartEffect> rest() {
    phase = Phase.UNSEEN;
    earlyEnds = 0;
    return List.of();
  }

  /// Who asks has mended what there was to mend.
  private List<RestartEffect> asked(Instant now) {
    rest();
    return start(now);
  }

  private List<RestartEffect> giveUp(String lastWords) {
    phase = Phase.GIVEN_UP;
    earlyEnds = 0;
    return List.of(
        new RestartEffect.Tell(
            "%s has ended and is not started again, as that would do no good: %s"
                .formatted(name, lastWords)));
  }

  private List<RestartEffect> start(Instant now) {
    phase = Phase.RUNNING;
    began = now;
    return List.of(new RestartEffect.Start());
  }

  private List<RestartEffect> ended(Glimpse.Gone gone, Instant now) {
    if (gone.end() == ProcessEnd.HOPELESS) {
      return giveUp(gone.lastWords());
    }
    phase = Phase.WAITING;
    earlyEnds = isSteady(now) ? 1 : earlyEnds + 1;
    var pause = gone.end() == ProcessEnd.UNWELCOME ? limits.longest() : pause();
    due = now.plus(pause);
    return List.of(new RestartEffect.Tell(sentence(gone.lastWords(), pause)));
  }

  /// Whether it is not started again unless somebody asks for it.
  public boolean hasGivenUp() {
    return phase == Phase.GIVEN_UP;
  }

  private boolean isSteady(Instant now) {
    return !now.isBefore(began.plus(limits.steady()));
  }

  private Duration pause() {
    var pause = limits.first();
    for (int end = 1; end < earlyEnds && pause.compareTo(limits.longest()) < 0; end++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(limits.longest()) < 0 ? pause : limits.longest();
  }

  private String sentence(String lastWords, Duration pause) {
    if (earlyEnds < limits.early()) {
      return "%s has ended and is started again in %s: %s".formatted(name, text(pause), lastWords);
    }
    return ("%s has ended %d times in a row, each time within %s of its start: something is to be"
            + " mended first. It is tried again in %s: %s")
        .formatted(name, earlyEnds, text(limits.steady()), text(pause), lastWords);
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  /// A clock that was set back must not make it wait for longer than it would have.
  private List<RestartEffect> waited(Instant now) {
    var latest = now.plus(limits.longest());
    if (due.isAfter(latest)) {
      due = latest;
    }
    return now.isBefore(due) ? List.of() : start(now);
  }
}
