package dev.troupe.runtime.collection.logic;

import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.waiting.Closings;
import dev.troupe.runtime.store.EventStore;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The facts that are being stored with a partition in one epoch, and those that are to be stored
/// again because there was no room.
final class Keepings {

  /// What is being stored, and so what is to happen then.
  sealed interface Keeping {

    Map<String, byte[]> facts();

    /// A ceiling, below which promises may be given.
    record Ceiling(long version) implements Keeping {

      private static final String FACT = "ceiling";

      static long of(EventStore.Opened opened) {
        var bytes = opened.facts().get(FACT);
        return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
      }

      @Override
      public Map<String, byte[]> facts() {
        return Map.of(FACT, ByteBuffer.allocate(Long.BYTES).putLong(version).array());
      }
    }

    /// A namespace that is closed.
    record Closing(Closings.Pending pending) implements Keeping {

      @Override
      public Map<String, byte[]> facts() {
        return pending.fact();
      }
    }

    /// Namespaces that need not be known any more.
    record Expiry(Map<String, byte[]> facts) implements Keeping {}
  }

  private final long epoch;
  private final Queue<PartitionEffect> effects;
  private final Map<Long, Keeping> open = new HashMap<>();
  private final Set<Long> refused = new LinkedHashSet<>();
  private long last;

  Keepings(long epoch, Queue<PartitionEffect> effects) {
    this.epoch = epoch;
    this.effects = effects;
  }

  void keep(Keeping keeping) {
    last++;
    open.put(last, keeping);
    effects.add(new PartitionEffect.Keep(epoch, last, keeping.facts()));
  }

  /// What is stored now; null if it is known already.
  @Nullable Keeping stored(long id) {
    return open.remove(id);
  }

  void refused(long id) {
    if (open.containsKey(id)) {
      refused.add(id);
    }
  }

  /// Stores what was refused again.
  void again() {
    for (long id : refused) {
      var keeping = open.get(id);
      if (keeping != null) {
        effects.add(new PartitionEffect.Keep(epoch, id, keeping.facts()));
      }
    }
    refused.clear();
  }

  boolean raisesCeiling() {
    return open.values().stream().anyMatch(Keeping.Ceiling.class::isInstance);
  }
}
