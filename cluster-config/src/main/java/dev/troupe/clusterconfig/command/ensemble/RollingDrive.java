package dev.troupe.clusterconfig.command.ensemble;

import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.status.EnsembleInquiry;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import dev.troupe.clusterconfig.ensemble.Seat;
import dev.troupe.clusterconfig.ensemble.logic.RollingEffect;
import dev.troupe.clusterconfig.ensemble.logic.RollingLimits;
import dev.troupe.clusterconfig.ensemble.logic.RollingRestart;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/// Carries out a rolling restart: looks, and does what is to be done.
public final class RollingDrive {

  private static final Duration STEP = Duration.ofMillis(200);

  private final DataDirectory data;
  private final Ensemble ensemble;
  private final PrintWriter out;
  private final long began = System.nanoTime();

  public RollingDrive(DataDirectory data, Ensemble ensemble, PrintWriter out) {
    this.data = data;
    this.ensemble = ensemble;
    this.out = out;
  }

  /// Returns when all have been restarted.
  ///
  /// @throws CommandFailedException if it goes no further
  public void run() {
    var restart =
        new RollingRestart(
            ensemble.seats().stream().map(Seat::name).toList(), RollingLimits.STANDARD);
    try (var inquiry = new EnsembleInquiry(data, ensemble)) {
      boolean goesOn = true;
      while (goesOn) {
        for (var effect : restart.on(inquiry.ask().sight(), now())) {
          goesOn = carryOut(effect);
        }
        pause();
      }
    }
    out.printf("all %d members are restarted (%d s)%n", ensemble.seats().size(), seconds());
  }

  /// @return whether it goes on
  private boolean carryOut(RollingEffect effect) {
    return switch (effect) {
      case RollingEffect.Say(var sentence) -> {
        out.println(sentence);
        yield true;
      }
      case RollingEffect.Stop(var member) -> {
        var stop = new EnsembleStop(data, ensemble, out::println);
        ensemble.seats().stream().filter(seat -> seat.name().equals(member)).forEach(stop::stop);
        yield true;
      }
      case RollingEffect.Finish() -> false;
      case RollingEffect.GiveUp(var sentence) -> throw new CommandFailedException(sentence);
    };
  }

  /// A clock that is set meanwhile changes nothing.
  private Instant now() {
    return Instant.EPOCH.plusNanos(System.nanoTime() - began);
  }

  private long seconds() {
    return Duration.ofNanos(System.nanoTime() - began).toSeconds();
  }

  public static void pause() {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while a member is waited for");
    }
  }
}
