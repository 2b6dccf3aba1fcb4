package dev.troupe.runtime.collection.waiting;

import dev.troupe.runtime.collection.protocol.ClosingReply;
import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.resource.Recipient;
import dev.troupe.runtime.resource.logic.Order;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The namespaces that a partition refuses creates for, by uid, whether it does so for all as the
/// definition of its type is deleted, and those who wait for it.
public final class Closings {

  private static final String FACT = "closed/";
  private static final byte[] NOTHING = {};

  /// A closing that has not been answered yet.
  public static final class Pending {

    private final String uid;
    private final long untilMillis;
    private final long barrier;
    private final Recipient<ClosingReply> replyTo;
    private boolean durable;

    private Pending(String uid, long untilMillis, long barrier, Recipient<ClosingReply> replyTo) {
      this.uid = uid;
      this.untilMillis = untilMillis;
      this.barrier = barrier;
      this.replyTo = replyTo;
    }

    /// What is to be stored of it.
    public Map<String, byte[]> fact() {
      return Map.of(FACT + uid, ByteBuffer.allocate(Long.BYTES).putLong(untilMillis).array());
    }
  }

  private final Queue<PartitionEffect> effects;
  private final Supplier<String> definition;
  private final Map<String, Long> closed = new HashMap<>();
  private final List<Pending> pending = new ArrayList<>();

  /// @param definition the uid of the definition of the type as it is known at a moment; empty if
  ///   it has none
  public Closings(Queue<PartitionEffect> effects, Supplier<String> definition) {
    this.effects = effects;
    this.definition = definition;
  }

  /// Takes over what the store remembers. What is still pending stays closed.
  public void load(Map<String, byte[]> facts) {
    closed.clear();
    facts.forEach((name, value) -> {
      if (name.startsWith(FACT)) {
        closed.put(name.substring(FACT.length()), ByteBuffer.wrap(value).getLong());
      }
    });
    pending.forEach(closing -> closed.put(closing.uid, closing.untilMillis));
  }

  /// @param namespaceUid that a request carries
  Order.Shut closing(@Nullable String namespaceUid) {
    if (closed.isEmpty()) {
      return Order.Shut.NOTHING;
    }
    if (namespaceUid != null && closed.containsKey(namespaceUid)) {
      return Order.Shut.NAMESPACE;
    }
    return closed.containsKey(definition.get()) ? Order.Shut.TYPE : Order.Shut.NOTHING;
  }

  /// @param barrier the last order that was not checked against this closing
  public Pending close(
      String uid, long untilMillis, long barrier, Recipient<ClosingReply> replyTo) {
    var closing = new Pending(uid, untilMillis, barrier, replyTo);
    closed.put(uid, untilMillis);
    pending.add(closing);
    return closing;
  }

  /// Those that are not known to be stored.
  public List<Pending> unstored() {
    return pending.stream().filter(closing -> !closing.durable).toList();
  }

  /// Notes that a closing is stored.
  ///
  /// @param oldest the oldest order that is not answered
  public void stored(Pending closing, long oldest) {
    closing.durable = true;
    answer(oldest);
  }

  /// Answers those that are stored and that no earlier order can get around any more.
  void answer(long oldest) {
    if (!pending.isEmpty()) {
      pending.removeIf(closing -> {
        boolean done = closing.durable && closing.barrier < oldest;
        if (done) {
          confirm(closing, new ClosingReply.Done(closing.uid));
        }
        return done;
      });
    }
  }

  /// Answers all others: nothing more will be done here.
  public void refuseAll(String why) {
    pending.forEach(closing -> confirm(closing, new ClosingReply.NotNow(why)));
    pending.clear();
  }

  private void confirm(Pending closing, ClosingReply reply) {
    effects.add(new PartitionEffect.Confirm(closing.replyTo, reply));
  }

  /// Facts that remove what is over; empty if nothing is.
  public Map<String, byte[]> expire(long now) {
    var over = new HashMap<String, byte[]>();
    closed.forEach((uid, untilMillis) -> {
      if (untilMillis < now) {
        over.put(FACT + uid, NOTHING);
      }
    });
    over.keySet().forEach(fact -> closed.remove(fact.substring(FACT.length())));
    return over;
  }
}
