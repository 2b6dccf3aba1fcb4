package dev.troupe.testkit.world.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.world.FaultRates;
import dev.troupe.testkit.world.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Leases, votes and takeovers on random schedules. The number of schedules is
/// `-Dtroupe.schedules`, the first seed `-Dtroupe.seed`.
class ClusterScheduleTest {

  private static final int SCHEDULES = Integer.getInteger("troupe.schedules", 500);
  private static final long SEED = Long.getLong("troupe.seed", 1);

  /// Within so many schedules a mistake must be found.
  private static final int TO_FIND_A_MISTAKE = 200;

  private static final int STEPS = 100;
  private static final int PARTITIONS = 2;

  @Test
  void atNoMomentDoTwoServeAndEverythingComesToRest() {
    for (long seed = SEED; seed < SEED + SCHEDULES; seed++) {
      assertThat(new Run(seed, Mutant.NONE).violations()).as("seed " + seed).isEmpty();
    }
  }

  /// Others need a script, as `TakeoverTest` has one for each.
  @ParameterizedTest
  @EnumSource(names = {"ZOMBIE_READ", "REOPEN_AFTER_A_FENCE"})
  void mistakeIsFound(Mutant mutant) {
    assertThat(
            LongStream.rangeClosed(1, TO_FIND_A_MISTAKE)
                .filter(seed -> !new Run(seed, mutant).unsafe().isEmpty())
                .findFirst())
        .isPresent();
  }

  @Test
  void sameSeedTakesTheSameCourse() {
    assertThat(new Run(7, Mutant.NONE).course()).isEqualTo(new Run(7, Mutant.NONE).course());
  }

  static final class Run {

    private final ClusterWorld world;
    private final Schedule schedule;
    private final boolean pauses;
    private final List<String> course = new ArrayList<>();

    Run(long seed, Mutant mutant) {
      world = new ClusterWorld(seed, mutant, PARTITIONS);
      schedule = world.schedule();
      pauses = schedule.chance(0.5);
      int members = 2 + schedule.random().nextInt(3);
      for (int i = 0; i < members; i++) {
        world.start();
        schedule.advance(Duration.ofMillis(schedule.random().nextInt(500)));
      }
      schedule.advance(Duration.ofSeconds(3));
      world.links().faults(schedule.chance(0.5) ? LinkFaults.MANY : LinkFaults.NONE);
      world.store().faults(schedule.chance(0.5) ? FaultRates.MANY : FaultRates.NONE);
      for (int step = 0; step < STEPS && unsafe().isEmpty(); step++) {
        happen();
        work();
        schedule.advance(Duration.ofMillis(schedule.random().nextInt(200)));
      }
    }

    private void work() {
      for (var member : world.living()) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
          int which = partition;
          if (schedule.chance(0.7)) {
            member.live(() -> member.write(which));
          }
          if (schedule.chance(0.7)) {
            member.live(() -> member.read(which));
          }
        }
      }
    }

    private SimulatedMember any(List<SimulatedMember> all) {
      return all.get(schedule.random().nextInt(all.size()));
    }

    /// One small thing, or the next scene.
    private void happen() {
      var living = world.living();
      if (living.isEmpty() || (schedule.chance(0.03) && living.size() < 5)) {
        world.start();
        return;
      }
      var one = any(living);
      var other = any(living);
      switch (schedule.random().nextInt(60)) {
        case 0 -> one.crash();
        case 1 -> one.freeze();
        case 2, 3 -> one.wake();
        case 4 -> world.cutBoth(one, other);
        case 5 -> world.links().cut(one.id(), other.id());
        case 6 -> world.store().cut(one.id(), true);
        case 7 -> judge(one, List.of(other));
        case 8, 9 -> world.move(anyPartition(), other.id());
        case 10 -> world.misplace(anyPartition(), other);
        case 11 -> world.resolve();
        case 12 -> doubtTheClock(one);
        case 13, 14, 15 -> scene(living, one);
        default -> {}
      }
    }

    private int anyPartition() {
      return schedule.random().nextInt(PARTITIONS);
    }

    /// The cluster's own judgement, which may be wrong.
    private void judge(SimulatedMember judge, List<SimulatedMember> others) {
      var down =
          others.stream().map(SimulatedMember::id).filter(id -> !id.equals(judge.id())).toList();
      judge.live(() -> judge.membership().down(down, judge.clock().get()));
    }

    /// Of both clocks only one is wrong at a time.
    private void doubtTheClock(SimulatedMember one) {
      if (pauses) {
        one.pause();
      } else {
        one.clock().setWall(schedule.random().nextLong(4_000) - 2_000);
      }
    }

    /// Several things that make each other worse; the scene before is over, or not.
    private void scene(List<SimulatedMember> living, SimulatedMember one) {
      if (schedule.chance(0.7)) {
        world.links().heal();
        world.store().heal();
        living.forEach(SimulatedMember::wake);
      }
      var others = living.stream().filter(member -> member != one).toList();
      switch (schedule.random().nextInt(7)) {
        case 0 -> {
          world.store().cut(one.id(), true);
          others.forEach(other -> judge(other, List.of(one)));
        }
        case 1 -> {
          world.isolate(one);
          others.forEach(other -> world.store().cut(other.id(), true));
          judge(one, others);
        }
        case 2 -> {
          world.isolate(one);
          world.store().cut(one.id(), schedule.chance(0.5));
        }
        case 3 -> {
          one.freeze();
          world.isolate(one);
        }
        case 4 -> doubtTheClock(one);
        case 5 -> handOn(others);
        default -> others.forEach(other -> world.links().cut(other.id(), one.id()));
      }
    }

    /// From one to the next, before any of them serves.
    private void handOn(List<SimulatedMember> others) {
      int partition = anyPartition();
      for (int i = 0; i < 3 && !others.isEmpty(); i++) {
        var next = any(others);
        next.live(() -> next.place(partition));
        schedule.advance(Duration.ofMillis(schedule.random().nextInt(60)));
        if (schedule.chance(0.7)) {
          next.live(() -> next.leave(partition));
        }
        schedule.advance(Duration.ofMillis(schedule.random().nextInt(20)));
      }
    }

    /// What must never be.
    List<String> unsafe() {
      return world.checks().violations();
    }

    List<String> violations() {
      if (unsafe().isEmpty()) {
        world.settle();
      }
      var all = new ArrayList<>(unsafe());
      all.addAll(all.isEmpty() ? world.unsettled() : List.of());
      return all;
    }

    @Override
    public String toString() {
      return world.toString();
    }

    private List<String> course() {
      violations();
      course.add(world.store().roll().toString());
      course.add(world.checks().reads() + " reads, " + world.checks().takeovers() + " takeovers");
      return course;
    }
  }
}
