package dev.troupe.runtime.store;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.codec.owners.PackedBody;
import java.util.Map;

/// One persisted change of one resource: the unit of the log.
///
/// @param partition where the resource lives
/// @param epoch the epoch of the partition that wrote it
/// @param version the version of the resource after the change
/// @param previousVersion the version before it; 0 for a new resource (or one that was deleted
///   before)
/// @param sequence rises with every event of this resource, and may jump where a tombstone has been
///   forgotten: Pekko's sequence number
/// @param body the object after the change as JSON, `metadata.resourceVersion` being `version`; for
///   a deletion the last content. Never modified
/// @param previousLabels the labels before the change (empty for a new resource): a watch's
///   selector needs them
/// @param previousFields the selectable fields before the change, likewise
/// @param mutationKey the key under which the writer may repeat the write; empty if it never will
/// @param timeMillis wall-clock time of the write, for people and retention
public record EventRecord(
    PartitionId partition,
    long epoch,
    long version,
    long previousVersion,
    long sequence,
    Type type,
    ResourceKey key,
    String uid,
    byte[] body,
    Map<String, String> previousLabels,
    Map<String, String> previousFields,
    WriteCause cause,
    String mutationKey,
    long timeMillis) {

  /// The body in few bytes, as the log keeps it.
  public byte[] packedBody() {
    return PackedBody.pack(body);
  }

  /// The body that was packed so.
  ///
  /// @throws StoreException if the bytes are damaged
  public static byte[] body(byte[] packed) {
    try {
      return PackedBody.unpack(packed);
    } catch (IllegalArgumentException damaged) {
      throw new StoreException("the body is damaged: " + damaged.getMessage(), damaged);
    }
  }

  public enum Type {
    CREATED,
    UPDATED,
    DELETED
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventRecord that
        && partition.equals(that.partition)
        && epoch == that.epoch
        && version == that.version
        && previousVersion == that.previousVersion
        && sequence == that.sequence
        && type == that.type
        && key.equals(that.key)
        && uid.equals(that.uid)
        && java.util.Arrays.equals(body, that.body)
        && previousLabels.equals(that.previousLabels)
        && previousFields.equals(that.previousFields)
        && cause.equals(that.cause)
        && mutationKey.equals(that.mutationKey)
        && timeMillis == that.timeMillis;
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Long.hashCode(version);
  }

  @Override
  public String toString() {
    return type + " " + key + "@" + version + " (" + partition + ", epoch " + epoch + ")";
  }
}
