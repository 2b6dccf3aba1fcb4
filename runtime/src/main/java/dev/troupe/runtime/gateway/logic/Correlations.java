package dev.troupe.runtime.gateway.logic;

import dev.troupe.runtime.lease.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Who waits for which answer of which member, and until when. Whoever is taken out is taken out
/// once, by whichever thread is first.
///
/// @param <W> who waits
public final class Correlations<W> {

  private record Open<W>(MemberId of, long until, W waiting) {}

  private final AtomicLong last;
  private final Map<Long, Open<W>> open = new ConcurrentHashMap<>();

  /// @param first differs from life to life of this member, so that what was meant for a former one
  ///   is not taken for an answer
  public Correlations(long first) {
    last = new AtomicLong(first);
  }

  /// @param until in milliseconds
  /// @return by which the answer is known; never 0
  public long begin(MemberId of, long until, W waiting) {
    long correlation = next();
    open.put(correlation, new Open<>(of, until, waiting));
    return correlation;
  }

  private long next() {
    long next = last.incrementAndGet();
    return next == 0 ? last.incrementAndGet() : next;
  }

  /// Whoever has waited for this answer; empty if nobody does, or not for one of this member.
  public Optional<W> end(MemberId from, long correlation) {
    var known = open.get(correlation);
    return known != null && known.of().equals(from) && open.remove(correlation, known)
        ? Optional.of(known.waiting())
        : Optional.empty();
  }

  /// All who wait for a member that will not answer any more.
  public List<W> gone(MemberId member) {
    return take(waiting -> waiting.of().equals(member));
  }

  /// All who have waited too long.
  public List<W> late(long now) {
    return take(waiting -> waiting.until() < now);
  }

  private List<W> take(Predicate<Open<W>> wanted) {
    var taken = new ArrayList<W>();
    open.forEach((correlation, waiting) -> {
      if (wanted.test(waiting) && open.remove(correlation, waiting)) {
        taken.add(waiting.waiting());
      }
    });
    return taken;
  }

  public int size() {
    return open.size();
  }
}
