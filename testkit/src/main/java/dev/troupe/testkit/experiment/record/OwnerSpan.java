package dev.troupe.testkit.experiment.record;

/// That a member had a partition for a time, as far as members said so.
public record OwnerSpan(String partition, String member, long from, long to) {

  public OwnerSpan {
    if (to < from) {
      throw new IllegalArgumentException(partition + " is given up before it is taken");
    }
  }
}
