package dev.troupe.runtime.lease.logic;

import dev.troupe.runtime.lease.MemberId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who waits for a lease.
final class Tickets {

  /// @param round the first that counts
  /// @param beat the first that counts
  /// @param guards against whom
  record Ticket(long number, long round, long beat, Guard guards) {}

  /// Who may still be reading what is waited for.
  sealed interface Guard {

    record Nobody() implements Guard {}

    record Former(MemberId member) implements Guard {}

    /// Somebody who had the store for itself before this cluster was formed.
    record Loner() implements Guard {}

    static Guard against(@Nullable MemberId owner) {
      return owner == null ? new Loner() : new Former(owner);
    }
  }

  private final TreeMap<Long, Ticket> waiting = new TreeMap<>();

  void add(Ticket ticket) {
    waiting.put(ticket.number(), ticket);
  }

  void remove(long number) {
    waiting.remove(number);
  }

  void clear() {
    waiting.clear();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  Collection<Ticket> all() {
    return waiting.values();
  }

  boolean isAny(Predicate<Ticket> wanted) {
    return waiting.values().stream().anyMatch(wanted);
  }

  List<Ticket> take(Predicate<Ticket> ready) {
    var taken = new ArrayList<Ticket>();
    waiting.values().removeIf(ticket -> ready.test(ticket) && taken.add(ticket));
    return taken;
  }
}
