package dev.troupe.benchmarks.store;

/// What the embedded store can be measured against.
public enum Peer {
  etcd;

  StoreUnderTest.Kind kind() {
    return switch (this) {
      case etcd -> EtcdUnderTest.kind();
    };
  }
}
