package dev.troupe.runtime.collection.waiting;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.PartitionSettings;
import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.store.PartitionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongConsumer;

/// The writes of a partition that are not answered yet, in the order in which they came: each is
/// answered exactly once.
public final class Orders {

  /// So long before its deadline nothing is waited for any more.
  private static final long BEFORE_DEADLINE_MILLIS = 1_500;

  /// How often a write is tried that is known not to have stored anything.
  private static final int ATTEMPTS = 3;

  private final PartitionId partition;
  private final PartitionSettings settings;
  private final Closings closings;
  private final Queue<PartitionEffect> effects;
  private final Lanes lanes;
  private final LongConsumer stop;
  private final LinkedHashMap<Long, Order> unanswered = new LinkedHashMap<>();

  /// How often an unanswered write has failed. Nearly none has.
  private final Map<Long, Integer> failures = new HashMap<>();

  /// Children that are about to end because the store refused what they had.
  private final Set<Long> refused = new HashSet<>();

  private long last;

  public Orders(
      PartitionId partition,
      PartitionSettings settings,
      Closings closings,
      Queue<PartitionEffect> effects) {
    this.partition = partition;
    this.settings = settings;
    this.closings = closings;
    this.effects = effects;
    this.lanes = new Lanes(settings.awake(), settings.idle());
    this.stop = child -> effects.add(new PartitionEffect.Stop(child));
  }

  /// Takes a write, unless there are too many.
  ///
  /// @param atOnce whether it can be decided now
  public void take(PartitionMessage.Write write, boolean atOnce) {
    if (unanswered.size() >= settings.unanswered()) {
      refuse(write, Refusal.tooManyRequests(partition + " has too many writes to do", 1));
      return;
    }
    var lane = lanes.find(write.request().mutation().key());
    if (lane.unanswered() >= settings.unansweredPerResource()) {
      refuse(write, Refusal.tooManyRequests(lane.key() + " has too many writes to do", 1));
    } else {
      var order = new Order(++last, write.request(), write.replyTo(), closing(write.request()));
      unanswered.put(order.number(), order);
      lanes.enter(lane);
      if (atOnce) {
        decide(order, lane);
      }
    }
  }

  private Order.Shut closing(WriteRequest request) {
    return closings.closing(request.mutation().facts().namespaceUid());
  }

  /// Refuses a write that comes when the partition is about to be, or is, somewhere else.
  public void refuse(PartitionMessage.Write write) {
    refuse(write, moving());
  }

  private void refuse(PartitionMessage.Write write, Refusal refusal) {
    effects.add(new PartitionEffect.Answer(write.replyTo(), new WriteReply.Refused(refusal)));
  }

  private Refusal moving() {
    return Refusal.unavailable(
        partition + " is moving to another member; the write was not stored");
  }

  /// An epoch has begun: everything is given to children.
  public void decideAll() {
    List.copyOf(unanswered.values()).forEach(this::decideAgain);
  }

  private void decideAgain(Order order) {
    var current = order.closed(closing(order.request()));
    unanswered.put(current.number(), current);
    decide(current, lanes.of(current.key()));
  }

  private void decide(Order order, Lane lane) {
    if (!lane.isAwake()) {
      effects.add(new PartitionEffect.Wake(lanes.wake(lane), lane.key()));
    }
    effects.add(new PartitionEffect.Decide(lane.child(), order));
  }

  /// Answers an order, which is there.
  public void answer(long number, WriteReply reply) {
    var order = unanswered.remove(number);
    if (order == null) {
      throw new IllegalStateException(
          "order " + number + " of " + partition + " is answered twice");
    }
    if (!failures.isEmpty()) {
      failures.remove(number);
    }
    lanes.leave(order.key(), reply instanceof WriteReply.Removed, stop);
    effects.add(new PartitionEffect.Answer(order.replyTo(), reply));
    closings.answer(oldest());
  }

  /// Time goes by.
  public void tick(long now) {
    lanes.tick(now, stop);
  }

  public void refuse(long number, Refusal refusal) {
    answer(number, new WriteReply.Refused(refusal));
  }

  /// The store has refused what the child of an order had: the order is answered, the child is
  /// about to end.
  public void refuseAndEnd(long number, Refusal refusal) {
    var order = unanswered.get(number);
    if (order != null) {
      refused.add(lanes.of(order.key()).child());
      refuse(number, refusal);
    }
  }

  /// Counts a failure of an order that is known not to have stored anything.
  public void failed(long number) {
    if (unanswered.containsKey(number) && failures.merge(number, 1, Integer::sum) >= ATTEMPTS) {
      refuse(number, Refusal.unavailable("the write could not be stored after several attempts"));
    }
  }

  public boolean isUnanswered(long number) {
    return unanswered.containsKey(number);
  }

  public boolean isEmpty() {
    return unanswered.isEmpty();
  }

  /// The number of the last order that was taken.
  public long last() {
    return last;
  }

  /// The number of the oldest order that is not answered.
  public long oldest() {
    return unanswered.isEmpty() ? Long.MAX_VALUE : unanswered.firstEntry().getKey();
  }

  /// Notes that a child is gone.
  ///
  /// @return whose it was; empty if its orders are nobody's concern
  public Optional<ResourceKey> lost(long child) {
    var key = lanes.lost(child);
    if (key.isEmpty()) {
      refused.remove(child);
    }
    return key;
  }

  /// Gives what a child had to the next one, after it has been [#lost].
  public void decideAgain(long child, ResourceKey key) {
    boolean failed = !refused.remove(child);
    for (var order : List.copyOf(unanswered.values())) {
      if (order.key().equals(key)) {
        if (failed) {
          failed(order.number());
        }
        if (unanswered.containsKey(order.number())) {
          decideAgain(order);
        }
      }
    }
  }

  /// An epoch is over, and all children with it.
  public void allLost() {
    lanes.allLost();
    refused.clear();
  }

  /// While nothing can be stored, answers those that would not be decided any more, before whoever
  /// waits for them must take it that they may be stored. To be called about once a second.
  ///
  /// @param unknown those that may be stored
  public void refuseLate(Set<Long> unknown, long now) {
    for (var order : List.copyOf(unanswered.values())) {
      if (order.request().deadline().toEpochMilli() < now + BEFORE_DEADLINE_MILLIS) {
        refuse(
            order.number(),
            unknown.contains(order.number()) ? unknownOutcome() : ResourceLogic.tooLate());
      }
    }
  }

  /// Nothing will be stored any more.
  ///
  /// @param unknown those that may be stored
  public void refuseAll(Set<Long> unknown) {
    for (long number : List.copyOf(unanswered.keySet())) {
      refuse(number, unknown.contains(number) ? unknownOutcome() : moving());
    }
  }

  /// The refusal of a write that may be stored.
  public static Refusal unknownOutcome() {
    return Refusal.timeout("the outcome of the write is unknown: it may have been stored");
  }
}
