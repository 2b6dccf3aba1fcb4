package dev.troupe.runtime.relay.logic;

import dev.troupe.runtime.store.PartitionId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The streams of partitions, merged by version into a ring. What is merged up to a version is
/// complete: nothing at or below will come.
final class StreamMerge {

  private static final long NOWHERE = -1;

  private final Map<PartitionId, Source> sources = new LinkedHashMap<>();
  private final Ring ring;
  private final LogReads log;
  private final MergeBoard board;
  private final Queue<RelayEffect> effects;

  private long merged;
  private long begin = NOWHERE;
  private boolean started;

  StreamMerge(
      Collection<PartitionId> partitions,
      int credit,
      Ring ring,
      LogReads log,
      MergeBoard board,
      Queue<RelayEffect> effects) {
    partitions.forEach(id -> sources.put(id, new Source(id, credit)));
    this.ring = ring;
    this.log = log;
    this.board = board;
    this.effects = effects;
  }

  /// The version up to which everything has been merged.
  long merged() {
    return merged;
  }

  /// Whether the ring has begun.
  boolean isStarted() {
    return started;
  }

  Optional<Source> source(PartitionId partition) {
    return Optional.ofNullable(sources.get(partition));
  }

  Collection<Source> sources() {
    return sources.values();
  }

  /// Goes on as far as it can.
  void advance() {
    readMissing();
    merge();
    show();
    sources.values().forEach(this::replenish);
  }

  private void replenish(Source source) {
    if (source.grant()) {
      effects.add(source.credit());
    }
  }

  private void readMissing() {
    for (var source : sources.values()) {
      if (source.wantsToRead()) {
        log.read(source.last(), new LogReads.Purpose.Gap(source));
      }
    }
  }

  private void merge() {
    if (!sources.values().stream().allMatch(Source::isStarted)) {
      return;
    }
    long bound = sources.values().stream().mapToLong(Source::settled).min().orElse(0);
    if (!started && !begin(bound)) {
      return;
    }
    for (var next = lowest(bound); next != null; next = lowest(bound)) {
      var change = next.pending().removeFirst();
      if (change.version() > begin) {
        ring.add(change);
        board.merged(change.version());
      }
    }
    merged = Math.max(merged, bound);
    askLaggards(highestPending());
  }

  private void show() {
    if (sources.size() > 1) {
      board.merging(merging());
    }
  }

  private MergeBoard.Merging merging() {
    var slowest = sources.values().iterator().next();
    int held = 0;
    long oldest = 0;
    for (var source : sources.values()) {
      slowest = source.settled() < slowest.settled() ? source : slowest;
      var first = source.pending().peekFirst();
      if (first != null) {
        held += source.pending().size();
        oldest = oldest == 0 ? first.version() : Math.min(oldest, first.version());
      }
    }
    return new MergeBoard.Merging(slowest.id(), slowest.settled(), held, oldest);
  }

  /// The ring begins where the last of the partitions has begun, when all have come so far. What
  /// was before is in the log.
  private boolean begin(long bound) {
    if (begin == NOWHERE) {
      begin = sources.values().stream().mapToLong(Source::settled).max().orElse(0);
      ring.restart(begin);
    }
    started = bound >= begin;
    if (!started) {
      askLaggards(begin);
    }
    return started;
  }

  private @Nullable Source lowest(long bound) {
    Source lowest = null;
    long version = bound;
    for (var source : sources.values()) {
      var first = source.pending().peekFirst();
      if (first != null && first.version() <= version) {
        lowest = source;
        version = first.version();
      }
    }
    return lowest;
  }

  private long highestPending() {
    long highest = 0;
    for (var source : sources.values()) {
      if (!source.pending().isEmpty()) {
        highest = Math.max(highest, source.pending().getLast().version());
      }
    }
    return highest;
  }

  /// Whoever holds up the others' changes is asked for a promise.
  private void askLaggards(long wanted) {
    for (var source : sources.values()) {
      if (source.settled() < wanted && source.wantsPromise(wanted)) {
        effects.add(new RelayEffect.Promise(source.id(), wanted));
      }
    }
  }

  /// Takes what the log has of what a stream has missed; if it has it no longer, begins anew behind
  /// it.
  void read(Source source, RelayMessage.Read read) {
    var tail = read.tail();
    if (tail.horizon() > source.last()) {
      source.skip();
      begin = NOWHERE;
      started = false;
    } else {
      var events = tail.events();
      long upTo = read.isAll() ? Long.MAX_VALUE : events.getLast().version();
      source.read(log.changes(read, source.id()), upTo);
    }
  }
}
