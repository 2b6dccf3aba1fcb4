package dev.troupe.testkit.experiment.figure;

import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.RequestTable.Asker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// How much was unavailable, and for how long: **unavailable object-seconds**.
///
/// An *asker* (one client, one verb, one partition) is without service from the moment when a
/// request was due that then failed, until the end of its next one that succeeded; and from when a
/// request was due that succeeded, but after more than the run's bound, until that one's end. What
/// was due while it was without service says nothing new: it only came late because its client was
/// still waiting. Who is without service at the end of the run stays so until then.
///
/// A partition's *lost time* is the mean over its askers. Its unavailable object-seconds are its
/// lost time times the number of its objects; those of the run are the sum over partitions. So an
/// object that nobody could reach for a second counts 1, and one that every third asker could not
/// reach (those that ask a member that is frozen) a third.
///
/// The sum of durations times who they concern is what power companies call customer minutes of
/// interruption (IEEE Std 1366), with objects as customers. That an asker's time is taken from its
/// own requests, from a failure to its next success, is *user uptime* in T. Hauer and others,
/// "Meaningful Availability", NSDI 2020.
///
/// @param partitions in their order; requests about several are in none, and a partition whose
///   objects nobody counted has one
/// @param byVerb the same sum if only askers with that verb are looked at
public record Unavailability(List<OfPartition> partitions, SortedMap<String, Double> byVerb) {

  private static final double MICROS_PER_SECOND = 1e6;

  /// @param askers how many asked for it; none are never without service
  /// @param lost the mean over them, in microseconds
  /// @param longest the longest time for which one of them was without service
  public record OfPartition(String partition, long objects, int askers, double lost, long longest) {

    public double objectSeconds() {
      return lost / MICROS_PER_SECOND * objects;
    }
  }

  public Unavailability {
    partitions = List.copyOf(partitions);
  }

  static Unavailability of(ExperimentRecord record) {
    var service = ServiceTimes.of(record.requests(), record.run());
    var byVerb = new TreeMap<String, Double>();
    record.requests().askers().stream()
        .filter(asker -> !asker.partition().isEmpty())
        .map(Asker::verb)
        .distinct()
        .forEach(
            verb -> byVerb.put(verb, sum(of(record, service, asker -> asker.verb().equals(verb)))));
    return new Unavailability(of(record, service, _ -> true), byVerb);
  }

  private static List<OfPartition> of(
      ExperimentRecord record, ServiceTimes service, Predicate<Asker> which) {
    var asked = new TreeMap<String, Mean>(new PartitionOrder());
    record.partitions().forEach(share -> asked.put(share.partition(), new Mean()));
    var askers = record.requests().askers();
    for (int i = 0; i < askers.size(); i++) {
      if (!askers.get(i).partition().isEmpty() && which.test(askers.get(i))) {
        asked
            .computeIfAbsent(askers.get(i).partition(), _ -> new Mean())
            .add(service.lost(i), service.longest(i));
      }
    }
    var objects = new HashMap<String, Long>();
    record.partitions().forEach(share -> objects.put(share.partition(), share.objects()));
    var all = new ArrayList<OfPartition>();
    asked.forEach((partition, mean) ->
        all.add(mean.ofPartition(partition, objects.getOrDefault(partition, 1L))));
    return all;
  }

  private static final class Mean {

    private int askers;
    private double sum;
    private long longest;

    void add(long lost, long longestOfOne) {
      askers++;
      sum += lost;
      longest = Math.max(longest, longestOfOne);
    }

    OfPartition ofPartition(String partition, long objects) {
      return new OfPartition(partition, objects, askers, askers == 0 ? 0 : sum / askers, longest);
    }
  }

  private static double sum(List<OfPartition> partitions) {
    return partitions.stream().mapToDouble(OfPartition::objectSeconds).sum();
  }

  /// Of all partitions.
  public double objectSeconds() {
    return sum(partitions);
  }

  public long objects() {
    return partitions.stream().mapToLong(OfPartition::objects).sum();
  }

  /// The longest time for which any asker was without service, in microseconds.
  public long longest() {
    return partitions.stream().mapToLong(OfPartition::longest).max().orElse(0);
  }
}
