package dev.troupe.runtime.relay.logic;

import dev.troupe.runtime.collection.protocol.StreamedItem;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.Set;

/// A relay: merges the streams of partitions by version, once, and feeds them to any number of
/// watchers.
public final class RelayLogic {

  static final int CREDIT = 1_024;

  private static final int RING_ITEMS = 8_192;

  private final Queue<RelayEffect> effects = new ArrayDeque<>();
  private final Ring ring;
  private final LogReads log;
  private final StreamMerge merge;
  private final Watchers watchers;

  /// @param ringBytes how many bytes of recent changes it keeps
  /// @param board where it shows how far it is
  public RelayLogic(Collection<PartitionId> partitions, long ringBytes, MergeBoard board) {
    this(partitions, RING_ITEMS, ringBytes, CREDIT, board);
  }

  /// @param credit how many items a partition may stream before it is given more
  public RelayLogic(
      Collection<PartitionId> partitions,
      int ringItems,
      long ringBytes,
      int credit,
      MergeBoard board) {
    this.ring = new Ring(ringItems, ringBytes);
    this.log = new LogReads(Set.copyOf(partitions), effects);
    this.merge = new StreamMerge(partitions, credit, ring, log, board, effects);
    this.watchers = new Watchers(merge, ring, log, effects);
  }

  /// @return what is to be done, in this order; always the same queue, to be emptied
  public Queue<RelayEffect> on(RelayMessage message) {
    switch (message) {
      case RelayMessage.Streamed(var streamed) -> stream(streamed);
      case RelayMessage.Request(var watcher, var more) -> watchers.request(watcher, more);
      case RelayMessage.Watch(var watcher, var after) -> watchers.add(watcher, after);
      case RelayMessage.Cancel(var watcher) -> watchers.remove(watcher);
      case RelayMessage.Arrived(var partition) -> arrived(partition);
      case RelayMessage.Lost(var partition) -> lost(partition);
      case RelayMessage.Read read -> read(read);
      case RelayMessage.ReadFailed(var request, var why) -> readFailed(request, why);
      case RelayMessage.Start() ->
          merge.sources().forEach(source -> effects.add(new RelayEffect.Find(source.id())));
      case RelayMessage.Tick() -> tick();
      case RelayMessage.Abandon() -> abandon();
    }
    return effects;
  }

  private void stream(StreamedItem streamed) {
    var source = merge.source(streamed.item().partition());
    if (source.isPresent()) {
      source.get().accept(streamed);
      advance();
    }
  }

  private void advance() {
    merge.advance();
    watchers.serve();
  }

  private void arrived(PartitionId partition) {
    merge.source(partition).ifPresent(source -> effects.add(source.follow()));
  }

  private void lost(PartitionId partition) {
    merge.source(partition).ifPresent(Source::lost);
    effects.add(new RelayEffect.Find(partition));
  }

  private void read(RelayMessage.Read read) {
    switch (log.answered(read)) {
      case LogReads.Purpose.Gap(var source) -> {
        merge.read(source, read);
        advance();
      }
      case LogReads.Purpose.Behind behind -> watchers.read(behind, read);
      case LogReads.Purpose.Nothing() -> {}
    }
  }

  private void readFailed(long request, String why) {
    switch (log.failed(request)) {
      case LogReads.Purpose.Gap(var source) -> source.readFailed();
      case LogReads.Purpose.Behind behind -> watchers.readFailed(behind, why);
      case LogReads.Purpose.Nothing() -> {}
    }
  }

  /// Tries again what failed, and tells how far everything is.
  private void tick() {
    for (var source : merge.sources()) {
      source.forgetAsked();
      if (source.isFollowed()) {
        effects.add(new RelayEffect.Look(source.id()));
        effects.add(source.tick());
      }
    }
    advance();
    watchers.progress();
    ring.tick();
  }

  private void abandon() {
    for (var source : merge.sources()) {
      if (source.isFollowed()) {
        effects.add(new RelayEffect.Unfollow(source.id()));
      }
    }
    watchers.endAll();
  }
}
