package dev.troupe.testkit.world;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An event store whose calls take effect some time after they are made, and are answered some time
/// after that; in the order of the calls or not. What it holds is never lost, but for what it has
/// stored with a warning.
public final class SimulatedStore implements EventStore {

  private static final Duration HANG = Duration.ofSeconds(2);

  private final Schedule schedule;
  private final SimulatedStandby standby = new SimulatedStandby();
  private final List<EventRecord> log = new ArrayList<>();
  private final Map<PartitionId, Long> epochs = new HashMap<>();
  private InMemoryEventStore memory;
  private FaultRates faults;
  private boolean warned = true;

  /// How much of the log the standby has.
  private int copied;

  public SimulatedStore(Schedule schedule, FaultRates faults) {
    this.schedule = schedule;
    this.memory = new InMemoryEventStore(schedule);
    this.faults = faults;
  }

  /// What goes wrong from now on.
  public void faults(FaultRates next) {
    faults = next;
  }

  /// The standby is gone: what is stored from now on would be lost with this server, which says so
  /// with a warning.
  public void loseStandby() {
    if (!standby.isLost()) {
      standby.lose();
      copied = log.size();
    }
  }

  public boolean isWithoutStandby() {
    return standby.isLost();
  }

  /// The standby takes the place of this server: all epochs are over, and what it was not told is
  /// lost.
  public void failOver() {
    if (isWithoutStandby()) {
      log.subList(copied, log.size()).clear();
    }
    memory = standby.promote(schedule);
  }

  /// Takes what was stored with a warning for stored, where an epoch or a fact is concerned.
  public void ignoreWarnings() {
    warned = false;
  }

  /// The newest epoch of a partition.
  public long epoch(PartitionId partition) {
    return epochs.getOrDefault(partition, 0L);
  }

  /// All events, in the order in which they were stored.
  public List<EventRecord> log() {
    return log;
  }

  @Override
  public CompletionStage<Opened> open(PartitionId partition) {
    return call(
        () -> {
          standby.opened(partition);
          return memory
              .open(partition)
              .thenCompose(opened -> {
                epochs.put(partition, opened.epoch());
                return unlessWarned(opened);
              });
        },
        faults.readFails());
  }

  @Override
  public CompletionStage<Void> close(PartitionId partition, long epoch, boolean served) {
    return call(
        () -> {
          standby.changed(store -> store.close(partition, epoch, served));
          return memory.close(partition, epoch, served).thenCompose(this::unlessWarned);
        },
        0);
  }

  @Override
  public CompletionStage<List<Outcome>> append(List<Group> groups) {
    if (schedule.chance(faults.unknown())) {
      return unknown(groups);
    }
    if (schedule.chance(faults.refused())) {
      return refused(groups);
    }
    var delay = schedule.chance(faults.hang()) ? HANG : faults.delay();
    var answer = new CompletableFuture<List<Outcome>>();
    schedule.sometime(
        delay,
        () -> {
          boolean certain = !isWarned(groups);
          var outcomes = store(groups);
          schedule.sometime(
              faults.delay(),
              () -> {
                if (certain || !outcomes.contains(Outcome.STORED)) {
                  answer.complete(outcomes);
                } else {
                  answer.completeExceptionally(committedWithAWarning());
                }
              });
        });
    return answer;
  }

  private boolean isWarned(List<Group> groups) {
    return standby.isLost()
        && (warned || groups.stream().anyMatch(group -> !group.events().isEmpty()));
  }

  private <T extends @Nullable Object> CompletionStage<T> unlessWarned(T result) {
    return standby.isLost() && warned
        ? CompletableFuture.failedFuture(committedWithAWarning())
        : CompletableFuture.completedFuture(result);
  }

  private static StoreException committedWithAWarning() {
    return new StoreException("committed with a warning: no standby has it");
  }

  private List<Outcome> store(List<Group> groups) {
    standby.changed(store -> store.append(groups));
    var outcomes = memory.append(groups).toCompletableFuture().join();
    for (int i = 0; i < groups.size(); i++) {
      if (outcomes.get(i) == Outcome.STORED) {
        log.addAll(groups.get(i).events());
      }
    }
    return outcomes;
  }

  private CompletionStage<List<Outcome>> refused(List<Group> groups) {
    var outcome = schedule.chance(0.5) ? Outcome.NO_ROOM : Outcome.OVERLOADED;
    var answer = new CompletableFuture<List<Outcome>>();
    schedule.sometime(
        faults.delay(), () -> answer.complete(groups.stream().map(_ -> outcome).toList()));
    return answer;
  }

  private CompletionStage<List<Outcome>> unknown(List<Group> groups) {
    var answer = new CompletableFuture<List<Outcome>>();
    if (schedule.chance(0.5)) {
      schedule.sometime(HANG, () -> store(groups));
    }
    schedule.sometime(
        faults.delay(),
        () -> answer.completeExceptionally(new StoreException("the connection was lost")));
    return answer;
  }

  @Override
  public CompletionStage<Long> scan(
      PartitionId partition, long atVersion, Consumer<EventRecord> each) {
    return call(() -> memory.scan(partition, atVersion, each), faults.readFails());
  }

  @Override
  public CompletionStage<Tail> tail(TypeRef collection, long after, Most most) {
    return call(() -> memory.tail(collection, after, most), faults.readFails() / 10);
  }

  @Override
  public CompletionStage<List<EventRecord>> history(ResourceKey key, Most most) {
    return call(() -> memory.history(key, most), faults.readFails());
  }

  @Override
  public CompletionStage<Void> prune(Retention retention) {
    return call(
        () -> {
          standby.changed(store -> store.prune(retention));
          return memory.prune(retention);
        },
        0);
  }

  @Override
  public CompletionStage<Integer> partitions(TypeRef collection, int wanted) {
    standby.changed(store -> store.partitions(collection, wanted));
    return memory.partitions(collection, wanted);
  }

  @Override
  public void close() {
    memory.close();
  }

  private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> question, double fails) {
    var answer = new CompletableFuture<T>();
    boolean failing = schedule.chance(fails);
    schedule.sometime(
        faults.delay(),
        () -> {
          var result = question.get();
          schedule.sometime(
              faults.delay(),
              () -> {
                if (failing) {
                  answer.completeExceptionally(new StoreException("the connection was lost"));
                } else {
                  result.whenComplete((value, failure) -> complete(answer, value, failure));
                }
              });
        });
    return answer;
  }

  private static <T> void complete(
      CompletableFuture<T> answer, @Nullable T value, @Nullable Throwable failure) {
    if (failure != null) {
      answer.completeExceptionally(failure);
    } else {
      answer.complete(value);
    }
  }
}
