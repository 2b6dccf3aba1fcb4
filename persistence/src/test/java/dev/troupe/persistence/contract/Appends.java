package dev.troupe.persistence.contract;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;

import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/// An owner that appends to its partition, which another one may take over meanwhile.
public final class Appends {

  private static final int AT_ONCE = 25;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Appends() {}

  /// The events 1, 2, … of an epoch, many at a time, until the last answer of a time is the last.
  public static List<Outcome> until(
      EventStore store, PartitionId partition, long epoch, Predicate<Outcome> isLast) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var outcomes = new ArrayList<Outcome>();
    do {
      var answers = new ArrayList<CompletionStage<List<Outcome>>>();
      for (int i = 0; i < AT_ONCE; i++) {
        long n = 1L + outcomes.size() + answers.size();
        answers.add(store.append(List.of(group(created(partition, epoch, n, "pod-" + n)))));
      }
      answers.forEach(answer -> outcomes.add(await(answer).getFirst()));
    } while (!isLast.test(outcomes.getLast()) && System.nanoTime() < end);
    return outcomes;
  }

  public static long stored(EventStore store, PartitionId partition) {
    return await(store.scan(partition, Long.MAX_VALUE, _ -> {}));
  }

  /// @throws AssertionError if it takes too long
  public static void awaitStored(EventStore store, PartitionId partition, long events) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (stored(store, partition) < events) {
      if (System.nanoTime() > end) {
        throw new AssertionError("nothing is stored in " + partition);
      }
      Thread.onSpinWait();
    }
  }
}
