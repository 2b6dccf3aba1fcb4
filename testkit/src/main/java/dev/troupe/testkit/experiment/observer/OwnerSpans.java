package dev.troupe.testkit.experiment.observer;

import dev.troupe.testkit.experiment.record.OwnerSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts together from looks, one after the other, who had which partition for how long. Between two
/// looks somebody has it for whom both say so; the moment of a change is that of the later look.
final class OwnerSpans {

  private record Open(String owner, long from) {}

  private final Map<String, Open> open = new HashMap<>();
  private final List<OwnerSpan> over = new ArrayList<>();

  /// @param micros since the run began; rises
  /// @param holdings of all partitions that are known of
  void looked(long micros, Map<String, PartitionHolding> holdings) {
    holdings.forEach((partition, holding) -> {
      var now = open.get(partition);
      if (now != null && !(holding.isServed() && holding.owner().equals(now.owner()))) {
        over.add(new OwnerSpan(partition, now.owner(), now.from(), micros));
        open.remove(partition);
        now = null;
      }
      if (now == null && holding.isServed()) {
        open.put(partition, new Open(holding.owner(), micros));
      }
    });
  }

  /// All of them, of which those that go on end at a moment.
  List<OwnerSpan> until(long micros) {
    var all = new ArrayList<>(over);
    open.forEach((partition, now) ->
        all.add(new OwnerSpan(partition, now.owner(), now.from(), Math.max(now.from(), micros))));
    all.sort(Comparator.comparing(OwnerSpan::partition).thenComparingLong(OwnerSpan::from));
    return List.copyOf(all);
  }
}
