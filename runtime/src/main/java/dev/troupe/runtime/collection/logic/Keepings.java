package dev.troupe.runtime.collection.logic;

import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.waiting.Closings;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.version.CeilingFacts;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The facts that are being stored with a partition in one epoch, and those that are to be stored
/// again because there was no room.
///
/// A ceiling of which nobody knows whether it is stored may come to be so later, and must not take
/// the place of a higher one: the next has another name. The highest of all names is the ceiling.
final class Keepings {

  /// What is being stored, and so what is to happen then.
  sealed interface Keeping {

    Map<String, byte[]> facts();

    /// A ceiling, below which promises may be given.
    ///
    /// @param former names of ceilings of epochs before, which need not be kept any more
    record Ceiling(String name, long version, Set<String> former) implements Keeping {

      private static final byte[] NOTHING = {};

      static long of(EventStore.Opened opened) {
        return CeilingFacts.highest(opened.facts());
      }

      @Override
      public Map<String, byte[]> facts() {
        var facts = new HashMap<String, byte[]>();
        former.forEach(other -> facts.put(other, NOTHING));
        facts.put(name, CeilingFacts.bytes(version));
        return facts;
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
  private final Set<String> formerCeilings;
  private long last;

  /// How many ceilings may be stored without anybody knowing, and whether one of them has failed so
  /// lately that no other is tried.
  private int unknownCeilings;

  private boolean resting;

  Keepings(EventStore.Opened opened, Queue<PartitionEffect> effects) {
    this.epoch = opened.epoch();
    this.effects = effects;
    this.formerCeilings = CeilingFacts.names(opened.facts());
    formerCeilings.remove(CeilingFacts.NAME);
  }

  void keep(Keeping keeping) {
    last++;
    open.put(last, keeping);
    effects.add(new PartitionEffect.Keep(epoch, last, keeping.facts()));
  }

  /// What is stored now; null if it is known already.
  @Nullable Keeping stored(long id) {
    var stored = open.remove(id);
    if (stored instanceof Keeping.Ceiling ceiling) {
      formerCeilings.removeAll(ceiling.former());
    }
    return stored;
  }

  void refused(long id) {
    if (open.containsKey(id)) {
      refused.add(id);
    }
  }

  /// Nobody knows whether something is stored.
  ///
  /// @return whether that does not matter: a ceiling counts only when it is known
  boolean failed(long id) {
    if (open.remove(id) instanceof Keeping.Ceiling) {
      unknownCeilings++;
      resting = true;
      return true;
    }
    return false;
  }

  /// Stores what was refused again, and lets what failed be tried again.
  void again() {
    resting = false;
    for (long id : refused) {
      var keeping = open.get(id);
      if (keeping != null) {
        effects.add(new PartitionEffect.Keep(epoch, id, keeping.facts()));
      }
    }
    refused.clear();
  }

  /// Stores a ceiling, unless one is being stored or has just failed.
  void raiseCeiling(LongSupplier next) {
    if (!resting && open.values().stream().noneMatch(Keeping.Ceiling.class::isInstance)) {
      keep(new Keeping.Ceiling(ceilingName(), next.getAsLong(), Set.copyOf(formerCeilings)));
    }
  }

  private String ceilingName() {
    return unknownCeilings == 0
        ? CeilingFacts.NAME
        : CeilingFacts.name(epoch + "." + unknownCeilings);
  }
}
