package dev.troupe.testkit;

import dev.troupe.testkit.world.story.WorldFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A scenario that is played again and again, and disturbed after another step of it each time: it
/// must end as if it had not been disturbed.
///
/// What is compared are objects, timers and activities, but for times, versions, uids and names
/// that were made up. Kubernetes Events may be lost, and are not compared.
public final class EveryStep {

  private final Supplier<World> start;
  private final Consumer<World> scenario;
  private Set<String> aside = Set.of();
  private Duration rest = Duration.ZERO;
  private long most = Long.MAX_VALUE;
  private long first;

  /// @param scenario what users do, up to where everything has come to rest
  public EveryStep(Supplier<World> start, Consumer<World> scenario) {
    this.start = start;
    this.scenario = scenario;
  }

  /// Does not compare these fields, wherever they are: what is drawn by lot, such as addresses.
  public EveryStep aside(String... fields) {
    aside = Set.of(fields);
    return this;
  }

  /// Lets so much time pass at the end, for what has been put off by the disturbance.
  public EveryStep rest(Duration atTheEnd) {
    rest = atTheEnd;
    return this;
  }

  /// Disturbs it so often at most, at steps that are spread evenly.
  ///
  /// @param offset which of several such series it is
  public EveryStep atMost(int times, int offset) {
    most = times;
    first = offset;
    return this;
  }

  /// Kills all controllers at each step.
  ///
  /// @return at how many steps
  /// @throws AssertionError if it does not end as without that
  public long crash() {
    return disturbed("a crash", true, World::crash);
  }

  /// Has a second member take all controllers over at each step, while the first one goes on.
  ///
  /// @return at how many steps
  /// @throws AssertionError if it does not end as without that
  public long takeOver() {
    return disturbed("a takeover", false, World::secondMember);
  }

  /// Has a user do something at each step, in place of doing it at the end.
  ///
  /// @return at how many steps
  /// @throws AssertionError if it does not end as if he did it at the end
  public long meanwhile(Consumer<World> user) {
    return disturbed("what a user did", false, user);
  }

  private long disturbed(String what, boolean kills, Consumer<World> disturbance) {
    var reference = play(Long.MAX_VALUE, kills, disturbance);
    long stride = Math.max(1, Math.ceilDiv(reference.steps, most));
    long times = 0;
    for (long step = 1 + first % stride; step <= reference.steps; step += stride) {
      var played = playAt(step, what, kills, disturbance);
      var differences = EndState.differences(reference.end, played.end);
      if (!differences.isEmpty()) {
        throw new WorldFailure(
            place(what, step, played.at)
                + " of "
                + reference.steps
                + ", it ends otherwise:\n"
                + String.join("\n", differences)
                + "\n"
                + played.history,
            null);
      }
      times++;
    }
    return times;
  }

  private static String place(String what, long step, @Nullable String at) {
    return "After " + what + (at == null ? "" : " when " + at) + ", at step " + step;
  }

  private record Played(
      long steps, @Nullable String at, Map<String, Integer> end, String history) {}

  private Played playAt(long step, String what, boolean kills, Consumer<World> disturbance) {
    try {
      return play(step, kills, disturbance);
    } catch (AssertionError failed) {
      throw new WorldFailure(place(what, step, null) + ": " + failed.getMessage(), failed);
    }
  }

  private Played play(long step, boolean kills, Consumer<World> disturbance) {
    try (var world = start.get()) {
      var steps = world.machines().steps();
      var story = world.machines().story();
      var struckAt = new AtomicLong();
      steps.strikeAt(
          step == Long.MAX_VALUE ? step : steps.count() + step,
          kills,
          () -> {
            struckAt.set(story.length());
            disturbance.accept(world);
          });
      long before = steps.count();
      scenario.accept(world);
      long count = steps.count() - before;
      if (steps.struckAt() == null && !kills) {
        disturbance.accept(world);
      }
      world.settle().advance(rest).settle().verify();
      return new Played(
          count,
          steps.struckAt(),
          EndState.of(world.machines(), aside),
          story.tellAround(struckAt.get()));
    }
  }
}
