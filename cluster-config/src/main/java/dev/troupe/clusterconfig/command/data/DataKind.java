package dev.troupe.clusterconfig.command.data;

import dev.troupe.clusterconfig.assembly.OfflineStore;
import dev.troupe.clusterconfig.engine.Engines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;

/// Whether a data directory is that of one member alone or of many: what the one has stored the
/// others do not find.
public final class DataKind {

  private DataKind() {}

  /// @throws CommandFailedException if it is of many members
  public static void refuseStoreOfMany(DataDirectory data) {
    data.ensemble()
        .file()
        .read()
        .ifPresent(ensemble -> {
          throw new CommandFailedException(
              "%s is of %d members; start them with: ./troupe up --members %d%s"
                  .formatted(
                      data.root(),
                      ensemble.seats().size(),
                      ensemble.seats().size(),
                      data.option()));
        });
  }

  /// @throws CommandFailedException if one member alone has stored something there
  public static void refuseStoreOfOne(DataDirectory data) {
    try {
      if (new OfflineStore(data.root(), Engines.STANDARD.belowData(), InstantSource.system())
          .exists()) {
        throw new CommandFailedException(
            ("%s holds what one member alone has stored, which many cannot use. Name a new"
                    + " directory with --data; to take along what is stored: ./troupe backup"
                    + " FILE%s, and ./troupe restore FILE --members N --data DIR")
                .formatted(data.root(), data.option()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + data.root() + ": " + e.getMessage(), e);
    }
  }
}
