package dev.troupe.runtime.collection.logic;

import dev.troupe.runtime.collection.PartitionSettings;
import dev.troupe.runtime.collection.index.Roots;
import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.waiting.Closings;
import dev.troupe.runtime.collection.waiting.Followers;
import dev.troupe.runtime.collection.waiting.Orders;
import dev.troupe.runtime.collection.waiting.Readers;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/// What of a partition outlasts its epochs: who waits, who follows, and what can be read.
///
/// @param effects what is to be done, taken out by whoever carries the partition
record Lasting(
    PartitionId id,
    PartitionSettings settings,
    Roots roots,
    Closings closings,
    Orders orders,
    Readers readers,
    Followers followers,
    OpeningSteps steps,
    Queue<PartitionEffect> effects) {

  static Lasting of(
      PartitionId id, PartitionSettings settings, Roots roots, Supplier<String> definition) {
    var effects = new ArrayDeque<PartitionEffect>();
    var closings = new Closings(effects, definition);
    return new Lasting(
        id,
        settings,
        roots,
        closings,
        new Orders(id, settings, closings, effects),
        new Readers(id, effects),
        new Followers(id, effects),
        new OpeningSteps(),
        effects);
  }

  /// @param epoch that it is about; 0 if none is open
  void report(long epoch, String what) {
    effects.add(new PartitionEffect.Report(epoch, what));
  }

  /// Tells that an epoch is served, and when the steps to it were done.
  void noteService(long epoch) {
    effects.add(
        new PartitionEffect.Note(
            epoch, "is served here from now on, in epoch " + epoch, steps.served()));
  }

  void note(long epoch, String what) {
    effects.add(new PartitionEffect.Note(epoch, what, Map.of()));
  }
}
