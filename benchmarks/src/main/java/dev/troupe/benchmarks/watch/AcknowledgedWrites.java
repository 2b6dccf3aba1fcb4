package dev.troupe.benchmarks.watch;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What has been acknowledged to the writer: several writes are under way, so that the order of
/// their acknowledgements is not that of their events.
final class AcknowledgedWrites {

  private final ConcurrentLinkedQueue<Write> writes = new ConcurrentLinkedQueue<>();

  /// @param version which orders events
  /// @param due when it should have been sent
  /// @param acknowledged when the writer knew that it is durable
  record Write(long version, long due, long acknowledged) {}

  void add(long version, long due, long acknowledged) {
    writes.add(new Write(version, due, acknowledged));
  }

  int count() {
    return writes.size();
  }

  List<Write> inOrder() {
    return writes.stream().sorted(Comparator.comparingLong(Write::version)).toList();
  }
}
