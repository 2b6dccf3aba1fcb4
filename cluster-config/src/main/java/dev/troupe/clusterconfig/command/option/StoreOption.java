package dev.troupe.clusterconfig.command.option;

import dev.troupe.clusterconfig.engine.Engines;
import dev.troupe.clusterconfig.engine.StoreLocation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where events are kept, if not below the data directory.
public final class StoreOption {

  @Option(
      names = "--store",
      paramLabel = "URL",
      description = {
        "Keep events in a PostgreSQL database: jdbc:postgresql://host:5432/database.",
        "User and password come from TROUPE_STORE_USER and TROUPE_STORE_PASSWORD."
      })
  private @Nullable String url;

  /// @throws dev.troupe.runtime.store.StoreException if it is not the URL of a store
  public StoreLocation location() {
    return url == null ? Engines.STANDARD.belowData() : Engines.STANDARD.at(url);
  }
}
