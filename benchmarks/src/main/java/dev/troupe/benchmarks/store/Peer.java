package dev.troupe.benchmarks.store;

import dev.troupe.benchmarks.load.Target;

/// What the embedded store can be measured against.
public enum Peer {
  etcd;

  Target.Kind kind() {
    return switch (this) {
      case etcd -> EtcdStore.kind();
    };
  }
}
