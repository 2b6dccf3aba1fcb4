package dev.troupe.clusterconfig.engine;

import dev.troupe.runtime.store.StoreException;

/// A kind of event store, and how one is opened. [Engines] lists those that there are.
public interface Engine {

  /// Whether its stores are files below a data directory. Those of others are named by a URL.
  boolean keepsFiles();

  /// Whether a URL names a store of this engine. None names one that is files.
  boolean isNamedBy(String url);

  /// Does meanwhile what no store need be open for.
  default void prepare() {}

  /// @param url that names the store; empty for one that is files
  /// @throws dev.troupe.runtime.store.StoreException if it cannot be opened; says what to do
  OpenStore open(String url, StoreOpening with);

  /// The same, for one of several members that share the store.
  ///
  /// @throws dev.troupe.runtime.store.StoreException also if stores of this engine are one member's
  default CommonStore openShared(String url, StoreOpening with) {
    throw new StoreException(url + " cannot be shared by several members; name another store");
  }
}
