package dev.troupe.testkit.experiment.record;

/// How much of everything a partition was.
///
/// @param objects that it held; those that clients did not ask for are taken to have fared like
///   those that they did
public record PartitionShare(String partition, long objects) {

  public PartitionShare {
    if (objects < 0) {
      throw new IllegalArgumentException(partition + " cannot hold " + objects + " objects");
    }
  }
}
