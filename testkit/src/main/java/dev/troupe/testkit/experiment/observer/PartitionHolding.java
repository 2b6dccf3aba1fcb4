package dev.troupe.testkit.experiment.observer;

/// Who has a partition, as a member tells it.
///
/// @param owner a member's name; empty if nobody is known to have it
/// @param serving whether it answers there
public record PartitionHolding(String owner, boolean serving) {

  boolean isServed() {
    return serving && !owner.isEmpty();
  }
}
