package dev.troupe.runtime.collection.protocol;

import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.store.PartitionId;

/// What a partition sends to those who follow it. A receiver that misses an item notices by the
/// previous version of the next, or by a heartbeat, and reads the log.
public sealed interface StreamItem {

  /// About how many bytes there are beside objects.
  long WORDS = 100;

  PartitionId partition();

  long epoch();

  /// About how many bytes it has.
  default long weight() {
    return WORDS;
  }

  /// The same by the words of whoever knows the partition.
  default StreamItem of(PartitionId own) {
    return switch (this) {
      case Started(_, var epoch, var version) -> new Started(own, epoch, version);
      case Item(_, var epoch, var previous, var change) ->
          new Item(own, epoch, previous, change.of(own.collection()));
      case Heartbeat(_, var epoch, var last, var settled) ->
          new Heartbeat(own, epoch, last, settled);
    };
  }

  /// The epoch is served from here on: what was stored up to `version` is in the log, what comes
  /// later in this stream.
  record Started(PartitionId partition, long epoch, long version) implements StreamItem {}

  /// @param previous the version of the item (or start) before
  record Item(PartitionId partition, long epoch, long previous, WatchItem.Changed change)
      implements StreamItem {

    public long version() {
      return change.version();
    }

    @Override
    public long weight() {
      var previous = change.previous();
      var before = previous == null ? null : previous.content();
      return WORDS + change.resource().size() + (before == null ? 0 : before.length());
    }
  }

  /// @param last the version of the last item (or start)
  /// @param settled nothing at or below this version will come; at least `last`
  record Heartbeat(PartitionId partition, long epoch, long last, long settled)
      implements StreamItem {}
}
