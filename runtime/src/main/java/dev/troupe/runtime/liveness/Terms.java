package dev.troupe.runtime.liveness;

import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.store.cluster.ClusterStore;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;

/// On what a member and others agree as to leases and lives.
///
/// @param roll where the members are written down: of the store that all of them share
/// @param leases the same for all members
/// @param silence after which a member that answers nothing is voted down
/// @param probes where this member listens for probes; with port 0 at any
/// @param wall its clock
public record Terms(
    ClusterStore roll,
    LeaseSettings leases,
    Duration silence,
    InetSocketAddress probes,
    InstantSource wall) {

  /// So long a member may be frozen, or cut off, before others take over what it has.
  public static final Duration SILENCE = Duration.ofSeconds(5);

  public static Terms standard(ClusterStore roll, InetSocketAddress probes, InstantSource wall) {
    return new Terms(roll, LeaseSettings.DEFAULT, SILENCE, probes, wall);
  }
}
