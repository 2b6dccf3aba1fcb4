package dev.troupe.clusterconfig.engine;

import dev.troupe.persistence.embedded.EmbeddedEventStore;
import dev.troupe.persistence.embedded.EmbeddedSettings;
import dev.troupe.runtime.store.StoreException;
import java.util.Map;

/// Files below the data directory.
final class EmbeddedEngine implements Engine {

  @Override
  public boolean keepsFiles() {
    return true;
  }

  @Override
  public boolean isNamedBy(String url) {
    return false;
  }

  @Override
  public void prepare() {
    Thread.ofPlatform().daemon().name("store-prepare").start(EmbeddedEventStore::prepare);
  }

  @Override
  public OpenStore open(String url, StoreOpening with) {
    var store =
        EmbeddedEventStore.open(
            with.directory(), EmbeddedSettings.from(with.config()), with.clock(), with.ended());
    return OpenStore.of(store, Map.of("troupe_store_syncs_total", store::commits));
  }

  @Override
  public CommonStore openShared(String url, StoreOpening with) {
    throw new StoreException(
        "the store of a data directory is one member's alone; members that are to share one name a"
            + " PostgreSQL database, such as jdbc:postgresql://host:5432/database");
  }
}
