package dev.troupe.runtime.collection.waiting;

import dev.troupe.runtime.collection.index.Root;
import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.Promise;
import dev.troupe.runtime.store.PartitionId;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Those who wait for a state that contains everything up to a version: the lowest first.
public final class Readers {

  private static final int MOST = 10_000;

  private final PartitionId partition;
  private final Queue<PartitionEffect> effects;
  private final PriorityQueue<PartitionMessage.Ask> waiting =
      new PriorityQueue<>(Comparator.comparingLong(PartitionMessage.Ask::version));

  public Readers(PartitionId partition, Queue<PartitionEffect> effects) {
    this.partition = partition;
    this.effects = effects;
  }

  /// Answers at once or lets the reader wait.
  ///
  /// @param newest the state that can be read; null if none can
  public void add(PartitionMessage.Ask ask, @Nullable Root newest) {
    if (newest != null && ask.version() <= newest.version()) {
      answer(ask, new Promise.Given(newest));
    } else if (waiting.size() >= MOST) {
      answer(ask, new Promise.Denied(partition + " has too many readers waiting", false));
    } else {
      waiting.add(ask);
    }
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// The lowest version that is waited for.
  public long lowest() {
    return waiting.element().version();
  }

  /// Answers the one who waits for the lowest version.
  public void give(Root newest) {
    answer(waiting.remove(), new Promise.Given(newest));
  }

  /// Denies the one who waits for the lowest version what cannot be known yet.
  public void denyLowest() {
    var ask = waiting.remove();
    answer(ask, new Promise.Ahead(ask.version()));
  }

  /// Denies those who wait for what cannot be promised now.
  ///
  /// @param ceiling what is above cannot
  public void denyAbove(long ceiling) {
    waiting.removeIf(ask -> {
      boolean isAbove = ask.version() > ceiling;
      if (isAbove) {
        answer(
            ask,
            new Promise.Denied(
                partition + " cannot promise anything: the store does not answer", false));
      }
      return isAbove;
    });
  }

  /// Nothing will be promised any more.
  public void denyAll() {
    waiting.forEach(this::deny);
    waiting.clear();
  }

  /// Denies somebody who comes too late.
  public void deny(PartitionMessage.Ask ask) {
    answer(ask, new Promise.Denied(partition + " is moving", true));
  }

  private void answer(PartitionMessage.Ask ask, Promise promise) {
    effects.add(new PartitionEffect.Tell(ask.replyTo(), promise));
  }
}
