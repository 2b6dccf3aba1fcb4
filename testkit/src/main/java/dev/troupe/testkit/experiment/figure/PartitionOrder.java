package dev.troupe.testkit.experiment.figure;

import java.util.Comparator;

/// Puts partitions in the order of people: by what stands before the last `#`, and then by number.
public final class PartitionOrder implements Comparator<String> {

  private static final Comparator<String> ORDER =
      Comparator.comparing(PartitionOrder::collection)
          .thenComparingLong(PartitionOrder::number)
          .thenComparing(Comparator.naturalOrder());

  @Override
  public int compare(String one, String other) {
    return ORDER.compare(one, other);
  }

  private static String collection(String partition) {
    int end = partition.lastIndexOf('#');
    return end < 0 ? partition : partition.substring(0, end);
  }

  private static long number(String partition) {
    var digits = partition.substring(partition.lastIndexOf('#') + 1);
    return digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : -1;
  }
}
