package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.assembly.OfflineStore;
import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.instance.DataPermissions;
import dev.troupe.persistence.backup.BackupReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Fills a new data directory or an empty database from a backup.
@Command(
    name = "restore",
    description = {
      "Fill a new data directory, or an empty database, from a backup.",
      "Whoever watched what the backup was taken of has to list again."
    },
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final StoreOption store = new StoreOption();

  @Parameters(paramLabel = "FILE", description = "A file that `troupe backup` has made")
  private Path file = Path.of("");

  private final PrintWriter out;

  RestoreCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    var directory = new DataDirectory(data.directory());
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      var backup = new BackupReader(in, file.toString());
      PrivateFile.createDirectory(directory.root());
      try (var _ = OfflineLock.take(directory)) {
        DataPermissions.secure(directory.root());
        restore(directory, backup);
      }
    } catch (NoSuchFileException missing) {
      throw new CommandFailedException(file + " is not there");
    }
    return 0;
  }

  private void restore(DataDirectory directory, BackupReader backup) throws IOException {
    var location = store.location();
    var offline = new OfflineStore(directory.root(), location, InstantSource.system());
    if (location.isBelowData() && offline.exists()) {
      throw new CommandFailedException(
          directory.root()
              + " holds a store already; name another directory with --data, or remove this one");
    }
    long entries = offline.restore(backup);
    var place = location.isBelowData() ? directory.root().toString() : location.url();
    out.printf("%,d entries restored into %s%n", entries, place);
    var option = location.isBelowData() ? "" : " --store '" + location.url() + "'";
    out.printf("Start it with: ./troupe up%s%s%n", directory.option(), option);
  }
}
