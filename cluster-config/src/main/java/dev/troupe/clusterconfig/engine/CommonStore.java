package dev.troupe.clusterconfig.engine;

import dev.troupe.runtime.store.cluster.ClusterStore;

/// An open event store that other members have open as well.
///
/// @param roll where the members of the cluster are written down
/// @param origin tells this store from every other one: members with the same share it
/// @param forms of what is stored
public record CommonStore(OpenStore store, ClusterStore roll, String origin, SharedForms forms) {}
