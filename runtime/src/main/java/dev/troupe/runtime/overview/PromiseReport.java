package dev.troupe.runtime.overview;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How far the promises of a collection in several partitions are: whoever lists or watches it as a
/// whole waits for the slowest.
///
/// @param slowest the partition that has promised least, of those that somebody waits for if there
///   are any
/// @param age how old the least of the promises is; null if a partition is not known to serve. It
///   grows where nobody writes and nobody asks
/// @param held how many changes wait for a promise, at the member where the first has waited
///   longest
/// @param oldest how long that is
public record PromiseReport(
    TypeRef collection,
    int partitions,
    PartitionId slowest,
    @Nullable Duration age,
    int held,
    Duration oldest) {

  /// Of all collections in several partitions, in the order of their names.
  ///
  /// @param partitions all that there are
  /// @param told by members
  /// @param now in milliseconds
  static List<PromiseReport> all(
      List<PartitionReport> partitions, Collection<SelfReport> told, long now) {
    var collections =
        partitions.stream()
            .collect(
                Collectors.groupingBy(
                    report -> report.id().collection(), TreeMap::new, Collectors.toList()));
    return collections.values().stream()
        .filter(split -> split.size() > 1)
        .map(split -> of(split, told, now))
        .toList();
  }

  private static PromiseReport of(
      List<PartitionReport> partitions, Collection<SelfReport> told, long now) {
    var least =
        partitions.stream().min(Comparator.comparingLong(PartitionReport::version)).orElseThrow();
    var collection = least.id().collection();
    var age =
        least.version() == Version.NONE
            ? null
            : Duration.ofMillis(Math.max(0, now - Version.millis(least.version())));
    return told.stream()
        .flatMap(report -> report.held().stream())
        .filter(held -> held.collection().equals(collection) && held.changes() > 0)
        .max(Comparator.comparing(HeldReport::oldest))
        .map(held ->
            new PromiseReport(
                collection, partitions.size(), held.slowest(), age, held.changes(), held.oldest()))
        .orElseGet(() ->
            new PromiseReport(collection, partitions.size(), least.id(), age, 0, Duration.ZERO));
  }
}
