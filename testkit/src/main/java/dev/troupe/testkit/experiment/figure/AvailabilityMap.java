package dev.troupe.testkit.experiment.figure;

import dev.troupe.testkit.experiment.record.ExperimentRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// For each partition and bucket, how many requests were due, and how many of them were not served:
/// they failed, or waited longer than the run's bound. Lists of several partitions have a row of
/// their own, whose name is empty.
public record AvailabilityMap(Buckets buckets, List<Strip> strips) {

  /// One partition; both arrays have a place for each bucket.
  public record Strip(String partition, int[] asked, int[] unserved) {

    private Strip(String partition, int buckets) {
      this(partition, new int[buckets], new int[buckets]);
    }

    /// How much of what was asked in a bucket was not served, from 0 to 1; -1 if nothing was asked.
    public double share(int bucket) {
      return asked[bucket] == 0 ? -1 : (double) unserved[bucket] / asked[bucket];
    }
  }

  public AvailabilityMap {
    strips = List.copyOf(strips);
  }

  static AvailabilityMap of(ExperimentRecord record, Buckets buckets) {
    var strips = new TreeMap<String, Strip>(new PartitionOrder());
    record
        .partitions()
        .forEach(
            share -> strips.put(share.partition(), new Strip(share.partition(), buckets.count())));
    var requests = record.requests();
    var ofAskers = new ArrayList<Strip>();
    for (var asker : requests.askers()) {
      ofAskers.add(
          strips.computeIfAbsent(
              asker.partition(), partition -> new Strip(partition, buckets.count())));
    }
    for (int request = 0; request < requests.size(); request++) {
      if (buckets.contain(requests.due(request))) {
        var strip = ofAskers.get(requests.asker(request));
        int bucket = buckets.at(requests.due(request));
        boolean served =
            requests.succeeded(request) && requests.waited(request) <= record.run().bound();
        strip.asked()[bucket]++;
        strip.unserved()[bucket] += served ? 0 : 1;
      }
    }
    return new AvailabilityMap(buckets, List.copyOf(strips.values()));
  }
}
