package dev.troupe.persistence.contract;

import dev.troupe.runtime.store.cluster.ClusterStore;
import dev.troupe.runtime.store.memory.InMemoryClusterStore;

class InMemoryClusterStoreTest implements ClusterStoreContract {

  private final ClusterStore store = new InMemoryClusterStore();

  @Override
  public ClusterStore store() {
    return store;
  }
}
