package dev.troupe.benchmarks.store;

import dev.troupe.benchmarks.load.LoadTarget;

/// What the embedded store can be measured against.
public enum Peer {
  etcd;

  LoadTarget.Kind kind() {
    return switch (this) {
      case etcd -> EtcdStore.kind();
    };
  }
}
