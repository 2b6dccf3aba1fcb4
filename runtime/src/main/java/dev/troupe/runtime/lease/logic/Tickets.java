package dev.troupe.runtime.lease.logic;

import dev.troupe.runtime.lease.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who waits for a lease.
final class Tickets {

  /// @param round the first that counts
  /// @param beat the first that counts
  /// @param owner whose cover must be over; null if nobody's
  record Ticket(long number, long round, long beat, @Nullable MemberId owner) {}

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

  boolean isAny(Predicate<Ticket> wanted) {
    return waiting.values().stream().anyMatch(wanted);
  }

  List<Ticket> take(Predicate<Ticket> ready) {
    var taken = new ArrayList<Ticket>();
    waiting.values().removeIf(ticket -> ready.test(ticket) && taken.add(ticket));
    return taken;
  }
}
