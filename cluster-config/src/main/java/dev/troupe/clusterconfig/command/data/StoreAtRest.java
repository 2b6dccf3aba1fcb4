package dev.troupe.clusterconfig.command.data;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.clusterconfig.assembly.OfflineStore;
import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.engine.Engines;
import dev.troupe.clusterconfig.engine.StoreLocation;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import dev.troupe.clusterconfig.ensemble.EnsembleDatabase;
import dev.troupe.clusterconfig.instance.DataDirectoryLock;
import dev.troupe.clusterconfig.postgres.DatabaseAccess;
import dev.troupe.clusterconfig.postgres.LocalPostgres;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// What a data directory keeps, while nothing runs on it: that of one member alone, or the database
/// of many, which runs as long as this is open.
public final class StoreAtRest implements AutoCloseable {

  private final DataDirectoryLock lock;
  private final StoreLocation location;
  private final OfflineStore store;
  private final Optional<LocalPostgres> started;

  private StoreAtRest(
      DataDirectoryLock lock,
      StoreLocation location,
      OfflineStore store,
      Optional<LocalPostgres> started) {
    this.lock = lock;
    this.location = location;
    this.store = store;
    this.started = started;
  }

  /// @param named the store that was asked for, which is not always that of the directory
  /// @throws CommandFailedException if something runs there
  public static StoreAtRest open(DataDirectory data, StoreLocation named) {
    PrivateFile.createDirectory(data.root());
    var lock = OfflineLock.take(data);
    try {
      var ensemble =
          named.isBelowData() ? data.ensemble().file().read() : Optional.<Ensemble>empty();
      return ensemble.isPresent()
          ? ofMany(data, ensemble.get(), lock)
          : new StoreAtRest(
              lock,
              named,
              new OfflineStore(data.root(), named, InstantSource.system()),
              Optional.empty());
    } catch (RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  private static StoreAtRest ofMany(DataDirectory data, Ensemble ensemble, DataDirectoryLock lock) {
    refuseRunning(data, ensemble);
    var database = EnsembleDatabase.of(data.ensemble(), ensemble);
    var started = database.own().filter(own -> own.running().isEmpty());
    var access = database.own().map(LocalPostgres::start);
    var location = Engines.STANDARD.at(access.map(DatabaseAccess::url).orElse(ensemble.store()));
    var store =
        new OfflineStore(
            data.root(),
            location,
            InstantSource.system(),
            access.map(StoreAtRest::config).orElseGet(ConfigFactory::empty));
    return new StoreAtRest(lock, location, store, started);
  }

  /// Members may run although nobody takes care of them.
  private static void refuseRunning(DataDirectory data, Ensemble ensemble) {
    for (var seat : ensemble.seats()) {
      data.ensemble()
          .running(seat)
          .ifPresent(instance -> {
            throw new CommandFailedException(
                "%s of %s runs (pid %d); stop all members with: ./troupe down%s"
                    .formatted(seat.name(), data.root(), instance.pid(), data.option()));
          });
    }
  }

  private static Config config(DatabaseAccess access) {
    return ConfigFactory.parseMap(
        Map.of(
            "troupe.store.postgresql.user",
            access.user(),
            "troupe.store.postgresql.password-file",
            access.passwordFile().toString()));
  }

  /// Whether it is files in the data directory.
  public boolean isFiles() {
    return location.isBelowData();
  }

  public OfflineStore store() {
    return store;
  }

  @Override
  public void close() {
    try (lock) {
      started.ifPresent(LocalPostgres::stop);
    }
  }
}
