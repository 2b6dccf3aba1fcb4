package dev.troupe.testkit.world.cluster;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.store.cluster.Standing;
import dev.troupe.runtime.store.memory.InMemoryClusterStore;
import dev.troupe.testkit.world.FaultRates;
import dev.troupe.testkit.world.Schedule;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The store of a cluster, as far as leases and the placing of partitions have to do with it: one
/// thing after the other, and never lost. A call takes effect some time after it is made, and is
/// answered some time after that, or neither.
final class SharedStore {

  private static final Duration HANG = Duration.ofSeconds(2);

  /// @param owner who served it last; null if nobody has
  /// @param value the last that was stored
  record Opened(long epoch, boolean clean, @Nullable MemberId owner, long value) {}

  private static final class Row {
    private long epoch;
    private boolean open;
    private boolean unclean;
    private @Nullable MemberId owner;
    private long value;
  }

  private final Schedule schedule;
  private final Mutant mutant;
  private final Map<Integer, Row> rows = new TreeMap<>();
  private final InMemoryClusterStore cluster = new InMemoryClusterStore();
  private final Set<MemberId> cutOff = new HashSet<>();
  private FaultRates faults;

  SharedStore(Schedule schedule, FaultRates faults, Mutant mutant) {
    this.schedule = schedule;
    this.faults = faults;
    this.mutant = mutant;
  }

  void faults(FaultRates next) {
    faults = next;
  }

  /// From now on a member does not reach the store, or does again.
  void cut(MemberId member, boolean isCut) {
    if (isCut) {
      cutOff.add(member);
    } else {
      cutOff.remove(member);
    }
  }

  void heal() {
    cutOff.clear();
  }

  Roll roll() {
    return cluster.roll();
  }

  /// Calls the store.
  ///
  /// @param failed if it is not known whether the call took effect
  <T> void call(MemberId by, Supplier<T> what, Consumer<T> then, Runnable failed) {
    var delay = schedule.chance(faults.hang()) ? HANG : faults.delay();
    boolean lostBefore = schedule.chance(faults.unknown());
    boolean lostAfter = schedule.chance(faults.unknown());
    schedule.sometime(
        delay,
        () -> {
          if (lostBefore || cutOff.contains(by)) {
            schedule.sometime(HANG, failed);
            return;
          }
          var result = what.get();
          if (lostAfter) {
            schedule.sometime(HANG, failed);
          } else {
            schedule.sometime(faults.delay(), () -> then.accept(result));
          }
        });
  }

  // The roll

  Standing beat(MemberId by) {
    return cluster.beat(by).toCompletableFuture().join();
  }

  Standing form(MemberId member, Standing seen) {
    return cluster.form(member, seen).toCompletableFuture().join();
  }

  Roll change(Roll next) {
    return cluster.change(next).toCompletableFuture().join();
  }

  // Partitions

  private Row row(int partition) {
    return rows.computeIfAbsent(partition, _ -> new Row());
  }

  Opened open(int partition, MemberId by) {
    var row = row(partition);
    row.unclean |= row.open;
    row.epoch++;
    row.open = true;
    var opened = new Opened(row.epoch, !row.unclean, row.owner, row.value);
    if (mutant == Mutant.OWNER_BEFORE_SERVING) {
      row.owner = by;
    }
    return opened;
  }

  /// Notes who serves from now on.
  ///
  /// @return false if the epoch is over
  boolean own(int partition, long epoch, MemberId by) {
    var row = row(partition);
    if (row.epoch == epoch) {
      row.owner = by;
    }
    return row.epoch == epoch;
  }

  boolean append(int partition, long epoch, long value) {
    var row = row(partition);
    if (row.epoch == epoch) {
      row.value = value;
    }
    return row.epoch == epoch;
  }

  boolean close(int partition, long epoch, boolean served) {
    var row = row(partition);
    if (row.epoch == epoch) {
      row.open = false;
      row.unclean &= !(served || mutant == Mutant.CLEAN_WITHOUT_SERVED);
      row.owner = served ? null : row.owner;
    }
    return row.epoch == epoch;
  }
}
