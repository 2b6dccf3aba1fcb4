package dev.troupe.runtime.gateway.message;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.wire.WireVersions;
import java.util.Map;

/// What a member tells of itself to those that it wants to work with, so that they can refuse it.
///
/// @param release as people know it
/// @param wire which versions of the language between members it understands
/// @param schema the newest version of the store's schema that it knows
/// @param records the newest version of stored records that it reads
/// @param cluster which cluster it belongs to
/// @param origin which history of which store it uses; empty where that is not known
/// @param clusterIncarnation which cluster its store belonged to when it began, or when it formed
///   one itself: the number of the roll that this was formed with; 0 if none was formed there yet
/// @param formedIncarnation the one that it has formed itself; 0 if it has formed none
/// @param storeIncarnation how often the store has begun anew
/// @param partitions every type that it knows, and into how many partitions it is split
/// @param clockMillis its wall clock
/// @param probePort where it accepts connections that show that it lives; 0 for none
public record Introduction(
    String release,
    WireVersions wire,
    int schema,
    int records,
    String cluster,
    String origin,
    long clusterIncarnation,
    long formedIncarnation,
    long storeIncarnation,
    Map<TypeRef, Integer> partitions,
    long clockMillis,
    int probePort) {

  public Introduction {
    partitions = Map.copyOf(partitions);
  }

  /// Of a member that has formed no cluster.
  public Introduction(
      String release,
      WireVersions wire,
      int schema,
      int records,
      String cluster,
      String origin,
      long clusterIncarnation,
      long storeIncarnation,
      Map<TypeRef, Integer> partitions,
      long clockMillis,
      int probePort) {
    this(
        release,
        wire,
        schema,
        records,
        cluster,
        origin,
        clusterIncarnation,
        0,
        storeIncarnation,
        partitions,
        clockMillis,
        probePort);
  }

  /// The same with what is known only when it is said.
  ///
  /// @param found the [#clusterIncarnation]
  /// @param formed the [#formedIncarnation]
  public Introduction at(
      Map<TypeRef, Integer> layout, long found, long formed, long nowMillis, int probes) {
    return new Introduction(
        release,
        wire,
        schema,
        records,
        cluster,
        origin,
        found,
        formed,
        storeIncarnation,
        layout,
        nowMillis,
        probes);
  }
}
