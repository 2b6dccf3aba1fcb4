package dev.troupe.clusterconfig.engine;

/// Where a member keeps its events: below its data directory, or elsewhere.
///
/// @param url without anything secret; empty for the data directory
public record StoreLocation(Engine engine, String url) {

  /// Whether it is files in the data directory.
  public boolean isBelowData() {
    return engine.keepsFiles();
  }

  /// Lets the engine do meanwhile what it need not be open for.
  public void prepare() {
    engine.prepare();
  }

  /// @throws dev.troupe.runtime.store.StoreException if it cannot be opened; says what to do
  public OpenStore open(StoreOpening with) {
    return engine.open(url, with);
  }

  /// The same, for one of several members that share it.
  ///
  /// @throws dev.troupe.runtime.store.StoreException also if it cannot be shared
  public CommonStore openShared(StoreOpening with) {
    return engine.openShared(url, with);
  }
}
