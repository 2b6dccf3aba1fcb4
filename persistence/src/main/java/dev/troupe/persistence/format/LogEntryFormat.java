package dev.troupe.persistence.format;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.FactsSet;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.persistence.format.LogEntry.Pruned;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.runtime.store.PartitionId;

/// The formats of each [LogEntry]: format 1, unless it is said otherwise.
final class LogEntryFormat {

  private LogEntryFormat() {}

  /// Format 2.
  static void write(Output out, PartitionState state) {
    partition(out, state.partition());
    out.writeVarLong(state.epoch(), true);
    out.writeBoolean(state.open());
    out.writeBoolean(state.unclean());
    out.writeLong(state.highestVersion());
    Fields.facts(out, state.facts());
  }

  /// Format 1: whoever wrote it did not say how the epochs before had ended.
  static PartitionState partitionState1(Input in) {
    var partition = partition(in);
    long epoch = in.readVarLong(true);
    boolean open = in.readBoolean();
    return new PartitionState(partition, epoch, open, open, in.readLong(), Fields.facts(in));
  }

  /// Format 2.
  static PartitionState partitionState2(Input in) {
    return new PartitionState(
        partition(in),
        in.readVarLong(true),
        in.readBoolean(),
        in.readBoolean(),
        in.readLong(),
        Fields.facts(in));
  }

  static void write(Output out, FactsSet facts) {
    partition(out, facts.partition());
    Fields.facts(out, facts.facts());
  }

  static FactsSet factsSet(Input in) {
    return new FactsSet(partition(in), Fields.facts(in));
  }

  static void write(Output out, CollectionState state) {
    Fields.type(out, state.collection());
    out.writeVarInt(state.partitions(), true);
    out.writeLong(state.horizon());
  }

  static CollectionState collectionState(Input in) {
    return new CollectionState(Fields.type(in), in.readVarInt(true), in.readLong());
  }

  static void write(Output out, Pruned pruned) {
    Fields.type(out, pruned.collection());
    out.writeLong(pruned.nowMillis());
    out.writeLong(pruned.ageMillis());
    out.writeVarInt(pruned.perResource(), true);
  }

  static Pruned pruned(Input in) {
    return new Pruned(Fields.type(in), in.readLong(), in.readLong(), in.readVarInt(true));
  }

  static void write(Output out, Removed removed) {
    Fields.type(out, removed.collection());
    out.writeLong(removed.horizon());
    Fields.ascending(out, removed.versions());
  }

  static Removed removed(Input in) {
    return new Removed(Fields.type(in), in.readLong(), Fields.ascending(in));
  }

  private static void partition(Output out, PartitionId partition) {
    Fields.type(out, partition.collection());
    out.writeVarInt(partition.number(), true);
  }

  private static PartitionId partition(Input in) {
    return new PartitionId(Fields.type(in), in.readVarInt(true));
  }
}
