package dev.troupe.persistence.postgresql.session;

/// Of which incarnations this process is. Whoever is of an older one than a partition's row can
/// neither open it nor store anything in it.
public final class Incarnation {

  /// @param store rises when the store is restored, or its database promoted
  /// @param cluster rises when a cluster is formed anew: the number of the roll that it was formed
  ///   with; 0 for none
  public record Numbers(long store, long cluster) {}

  private volatile Numbers present = new Numbers(0, 0);

  public Numbers present() {
    return present;
  }

  synchronized void storeIs(long store) {
    present = new Numbers(store, present.cluster);
  }

  public synchronized void clusterIs(long cluster) {
    present = new Numbers(present.store, cluster);
  }
}
