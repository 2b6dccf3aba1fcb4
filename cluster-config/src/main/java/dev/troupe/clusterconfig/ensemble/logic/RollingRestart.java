package dev.troupe.clusterconfig.ensemble.logic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Restarts members one after the other: the next one leaves only when the one before is back, all
/// serve, and partitions are spread as evenly as before.
public final class RollingRestart {

  private enum Phase {
    NEW,
    BEGINNING,
    COMEBACK,
    SPREADING,
    OVER
  }

  private final List<String> members;
  private final RollingLimits limits;

  private Phase phase = Phase.NEW;
  private int current;
  private OptionalLong former = OptionalLong.empty();
  private Instant since = Instant.EPOCH;
  private Instant told = Instant.EPOCH;

  /// @param members in the order in which they leave
  public RollingRestart(List<String> members, RollingLimits limits) {
    this.members = List.copyOf(members);
    this.limits = limits;
  }

  /// Called again and again. A [RollingEffect.Stop] is done before the next call: what is seen then
  /// is seen after it.
  public List<RollingEffect> on(RollingSight sight, Instant now) {
    return switch (phase) {
      case NEW -> {
        enter(Phase.BEGINNING, now);
        yield begin(sight, now);
      }
      case BEGINNING -> begin(sight, now);
      case COMEBACK -> comeback(sight, now);
      case SPREADING -> spreading(sight, now);
      case OVER -> List.of();
    };
  }

  private List<RollingEffect> begin(RollingSight sight, Instant now) {
    var missing = notReady(sight);
    if (!missing.isEmpty() && waited(now).compareTo(limits.beginning()) < 0) {
      return List.of(); // One look may find somebody who answers slowly.
    }
    if (!missing.isEmpty()) {
      return giveUp(
          "nothing is restarted while not all members serve: %s; see ./troupe status"
              .formatted(String.join(", ", missing)));
    }
    return leave(sight, now);
  }

  private List<RollingEffect> leave(RollingSight sight, Instant now) {
    var member = members.get(current);
    former = sight.of(member).pid();
    enter(Phase.COMEBACK, now);
    return List.of(
        new RollingEffect.Say("%s leaves".formatted(member)), new RollingEffect.Stop(member));
  }

  private void enter(Phase next, Instant now) {
    phase = next;
    since = now;
    told = now;
  }

  private List<RollingEffect> comeback(RollingSight sight, Instant now) {
    var member = members.get(current);
    var seen = sight.of(member);
    if (seen.isReady() && !seen.pid().equals(former)) {
      var back =
          "%s is back after %s (pid %d)"
              .formatted(member, text(waited(now)), seen.pid().getAsLong());
      enter(Phase.SPREADING, now);
      return List.of(new RollingEffect.Say(back));
    }
    if (waited(now).compareTo(limits.comeback()) >= 0) {
      return giveUp(
          ("%s has not come back within %s, and no other one is restarted; see ./troupe status, and"
                  + " its log")
              .formatted(member, text(limits.comeback())));
    }
    return report("waiting for %s to come back".formatted(member), now);
  }

  private List<RollingEffect> spreading(RollingSight sight, Instant now) {
    var missing = notReady(sight);
    var spread = sight.counts().map(SpreadCounts::words).orElse("unknown");
    if (missing.isEmpty()
        && isLast()
        && sight.counts().filter(at -> at.unserved() == 0).isPresent()) {
      phase = Phase.OVER;
      return List.of(
          new RollingEffect.Say("all partitions are served: " + spread),
          new RollingEffect.Finish());
    }
    if (missing.isEmpty() && sight.counts().filter(SpreadCounts::areEven).isPresent()) {
      return next(sight, now, "partitions are spread evenly: " + spread);
    }
    if (waited(now).compareTo(limits.spreading()) < 0) {
      return report("waiting until partitions are spread evenly, now " + spread, now);
    }
    if (!missing.isEmpty()) {
      return giveUp(
          "%s did not serve for %s, and no other one is restarted; see ./troupe status"
              .formatted(String.join(", ", missing), text(limits.spreading())));
    }
    if (sight.counts().filter(at -> at.unserved() == 0).isEmpty()) {
      return giveUp(
          "not all partitions are served, and no other member is restarted; see ./troupe status");
    }
    return next(
        sight,
        now,
        "partitions are not spread evenly after %s (%s), but all are served"
            .formatted(text(limits.spreading()), spread));
  }

  private boolean isLast() {
    return current == members.size() - 1;
  }

  private List<RollingEffect> next(RollingSight sight, Instant now, String sentence) {
    current++;
    var effects = new ArrayList<RollingEffect>();
    effects.add(new RollingEffect.Say(sentence));
    effects.addAll(leave(sight, now));
    return effects;
  }

  private List<RollingEffect> report(String sentence, Instant now) {
    if (Duration.between(told, now).compareTo(limits.report()) < 0) {
      return List.of();
    }
    told = now;
    return List.of(new RollingEffect.Say(sentence));
  }

  private List<RollingEffect> giveUp(String sentence) {
    phase = Phase.OVER;
    return List.of(new RollingEffect.GiveUp(sentence));
  }

  private Duration waited(Instant now) {
    return Duration.between(since, now);
  }

  private List<String> notReady(RollingSight sight) {
    return members.stream().filter(name -> !sight.of(name).isReady()).toList();
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
