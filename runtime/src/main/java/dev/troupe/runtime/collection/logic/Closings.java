package dev.troupe.runtime.collection.logic;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The namespaces that a partition refuses creates for, by uid, and those who wait for it.
final class Closings {

  private static final String FACT = "closed/";
  private static final byte[] NOTHING = {};

  /// A closing that has not been answered yet.
  static final class Pending {

    private final String uid;
    private final long untilMillis;
    private final long barrier;
    private final Runnable asker;
    private boolean durable;

    private Pending(String uid, long untilMillis, long barrier, Runnable asker) {
      this.uid = uid;
      this.untilMillis = untilMillis;
      this.barrier = barrier;
      this.asker = asker;
    }

    Map<String, byte[]> fact() {
      return Map.of(FACT + uid, ByteBuffer.allocate(Long.BYTES).putLong(untilMillis).array());
    }

    void stored() {
      durable = true;
    }
  }

  private final Map<String, Long> closed = new HashMap<>();
  private final List<Pending> pending = new ArrayList<>();

  /// Takes over what the store remembers. What is still pending stays closed.
  void load(Map<String, byte[]> facts) {
    closed.clear();
    facts.forEach((name, value) -> {
      if (name.startsWith(FACT)) {
        closed.put(name.substring(FACT.length()), ByteBuffer.wrap(value).getLong());
      }
    });
    pending.forEach(closing -> closed.put(closing.uid, closing.untilMillis));
  }

  boolean isClosed(@Nullable String uid) {
    return uid != null && closed.containsKey(uid);
  }

  /// @param barrier the last command that was not checked against this closing
  Pending close(String uid, long untilMillis, long barrier, Runnable asker) {
    var closing = new Pending(uid, untilMillis, barrier, asker);
    closed.put(uid, untilMillis);
    pending.add(closing);
    return closing;
  }

  /// Those that are not known to be stored.
  List<Pending> unstored() {
    return pending.stream().filter(closing -> !closing.durable).toList();
  }

  /// Answers those that are stored and that no earlier command can get around any more.
  ///
  /// @param oldest the oldest command that is not answered
  void answer(long oldest) {
    if (!pending.isEmpty()) {
      pending.removeIf(closing -> {
        boolean done = closing.durable && closing.barrier < oldest;
        if (done) {
          closing.asker.run();
        }
        return done;
      });
    }
  }

  /// Facts that remove what is over; empty if nothing is.
  Map<String, byte[]> expire(long nowMillis) {
    var over = new HashMap<String, byte[]>();
    closed.forEach((uid, untilMillis) -> {
      if (untilMillis < nowMillis) {
        over.put(FACT + uid, NOTHING);
      }
    });
    over.keySet().forEach(fact -> closed.remove(fact.substring(FACT.length())));
    return over;
  }
}
