package dev.troupe.testkit.world.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.SimpleMutator;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.testkit.world.FaultRates;
import dev.troupe.testkit.world.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Invariants 1 to 6 of the design on random schedules, with crashes at any step. The number of
/// schedules is `-Dtroupe.schedules`, the first seed `-Dtroupe.seed`.
class RandomScheduleTest {

  private static final int SCHEDULES = Integer.getInteger("troupe.schedules", 1_000);
  private static final long SEED = Long.getLong("troupe.seed", 1);
  private static final int STEPS = 600;
  private static final int NAMES = 4;

  @Test
  void invariantsHoldWhateverHappens() {
    for (long seed = SEED; seed < SEED + SCHEDULES; seed++) {
      assertThat(new Run(seed).violations()).as("seed " + seed).isEmpty();
    }
  }

  @Test
  void sameSeedTakesTheSameCourse() {
    assertThat(new Run(7).course()).isEqualTo(new Run(7).course());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void flawIsFound(Flaw flaw) {
    assertThat(
            LongStream.range(SEED, SEED + SCHEDULES)
                .anyMatch(seed -> !new Run(seed, flaw).violations().isEmpty()))
        .isTrue();
  }

  /// Two clients per resource, readers and watchers, on one seed.
  private static final class Run {

    private final PartitionWorld world;
    private final Schedule schedule;
    private final List<Long> watches = new ArrayList<>();
    private final long[] versions = new long[NAMES];
    private long repeatable;

    private Run(long seed) {
      this(seed, Flaw.NONE);
    }

    private Run(long seed, Flaw flaw) {
      int partitions = seed % 3 == 0 ? 2 : 1;
      world =
          new PartitionWorld(
              seed, FaultRates.MANY, partitions, Writes.TYPE, new SimpleMutator(), flaw);
      schedule = world.schedule();
      for (int step = 0; step < STEPS; step++) {
        happen();
        for (int i = schedule.random().nextInt(8); i > 0; i--) {
          schedule.step();
        }
      }
      rest();
    }

    private void happen() {
      int dice = schedule.random().nextInt(1_000);
      if (dice < 450) {
        write();
      } else if (dice < 650) {
        world.read();
      } else if (dice < 700) {
        readSomewhen();
      } else if (dice < 800) {
        watch();
      } else if (dice < 950) {
        requestMore();
      } else if (dice < 965) {
        world.partition(anyPartition()).crashChild();
      } else if (dice < 975) {
        world.crash(anyPartition());
      } else if (dice < 980) {
        world.replace(anyPartition());
      } else if (dice < 985) {
        world.move(anyPartition());
      } else if (dice < 990) {
        crashRelay();
      } else if (dice < 992) {
        loseTheStandby();
      } else {
        schedule.advance(Duration.ofMillis(schedule.random().nextInt(1_500)));
      }
    }

    /// The store goes on without it, and is replaced by it later.
    private void loseTheStandby() {
      world.store().loseStandby();
      schedule.after(
          Duration.ofMillis(schedule.random().nextInt(3_000)),
          () -> {
            if (world.store().isWithoutStandby()) {
              world.store().failOver();
            }
          });
    }

    private PartitionId anyPartition() {
      var all = world.partitions();
      return all.get(schedule.random().nextInt(all.size()));
    }

    private void write() {
      int which = schedule.random().nextInt(NAMES);
      var request = anyWrite(which);
      if (schedule.chance(0.05)) {
        world.writeToZombie(request);
      } else {
        world.write(request, reply -> remember(which, request, reply));
      }
    }

    private WriteRequest anyWrite(int which) {
      var now = schedule.instant();
      var writes =
          Writes.at(now)
              .in(which % 2 == 0 ? "even" : "odd")
              .withUidsEnding(Long.toString(now.toEpochMilli()));
      var name = "r" + which;
      var value = "v" + schedule.random().nextInt(3);
      return switch (schedule.random().nextInt(8)) {
        case 0, 1 -> writes.create(name, value);
        case 2 -> writes.delete(name);
        case 3 -> writes.merge(name, value);
        case 4 -> writes.update(name, value);
        case 5 -> writes.keyed("k" + repeatable++).create(name + "-once", value);
        default -> writes.update(name, value, versions[which]);
      };
    }

    /// Repeats what carries a key until it is answered for good, as controllers do.
    private void remember(int which, WriteRequest request, WriteReply reply) {
      switch (reply) {
        case WriteReply.Written written -> versions[which] = written.version();
        case WriteReply.Removed _ -> {}
        case WriteReply.Refused(var refusal) -> {
          if (refusal.code() >= 500 && !request.mutationKey().isEmpty()) {
            schedule.sometime(
                Duration.ofMillis(100),
                () -> world.write(request, again -> remember(which, request, again)));
          }
        }
      }
    }

    private void readSomewhen() {
      var id = anyPartition();
      var newest = world.partition(id).roots().newest();
      if (newest != null) {
        long version = newest.version() + (schedule.random().nextLong(4_000) - 1_000) * (1L << 16);
        world.readAt(id, version);
      }
    }

    private void watch() {
      long after =
          watches.isEmpty() || schedule.chance(0.5)
              ? lowestReadable()
              : world.position(watches.get(schedule.random().nextInt(watches.size())));
      if (after > 0) {
        watches.add(
            world.partitions().size() > 1 && schedule.chance(0.5)
                ? world.watch(schedule.chance(0.5) ? "even" : "odd", after)
                : world.watch(after));
      }
    }

    /// Where a list of the whole collection would begin.
    private long lowestReadable() {
      return world.partitions().stream()
          .mapToLong(id -> {
            var newest = world.partition(id).roots().newest();
            return newest == null ? 0 : newest.version();
          })
          .min()
          .orElse(0);
    }

    private void requestMore() {
      if (!watches.isEmpty()) {
        long watch = watches.get(schedule.random().nextInt(watches.size()));
        world.request(watch, 1 + schedule.random().nextInt(20));
      }
    }

    /// Its watches end with it, and are taken up where they were.
    private void crashRelay() {
      world.crashRelays();
      var ended = List.copyOf(watches);
      watches.clear();
      ended.stream().limit(3).forEach(watch -> watches.add(world.resume(watch)));
    }

    private void rest() {
      world.settle();
      watches.forEach(watch -> world.request(watch, 10_000));
      world.settle();
      writeLast("even");
      writeLast("odd");
      world.read();
    }

    /// One after the other, as more than one may be more than a relay takes at once; and again
    /// where the partition learns by it that its epoch is over.
    private void writeLast(String namespace) {
      var written = new AtomicBoolean();
      for (int i = 0; i < 5 && !written.get(); i++) {
        var writes = Writes.at(schedule.instant()).in(namespace).withUidsEnding("last");
        world.write(
            writes.create("last" + i, "v"),
            reply -> written.set(reply instanceof WriteReply.Written));
        schedule.advance(Duration.ofSeconds(5));
      }
    }

    private List<String> violations() {
      var violations = new ArrayList<>(world.violations());
      for (long watch : watches) {
        long newest = newest(world.followedBy(watch));
        if (!world.hasEnded(watch) && world.position(watch) < newest) {
          violations.add("watch " + watch + " does not get to " + newest);
        }
      }
      world
          .silentStreams()
          .forEach(id -> violations.add("what " + id + " does is known of its log alone"));
      for (var id : world.partitions()) {
        if (!world.partition(id).isServing()) {
          violations.add(id + " does not serve: " + world.partition(id).reports());
        }
      }
      return violations;
    }

    private long newest(List<PartitionId> partitions) {
      return world.store().log().stream()
          .filter(event -> partitions.contains(event.partition()))
          .mapToLong(EventRecord::version)
          .max()
          .orElse(0);
    }

    private List<String> course() {
      return world.store().log().stream().map(event -> event.toString()).toList();
    }
  }
}
