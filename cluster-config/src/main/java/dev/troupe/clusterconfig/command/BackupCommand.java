package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.assembly.OfflineStore;
import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.command.client.ServingInstance;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.data.StoreAtRest;
import dev.troupe.clusterconfig.command.option.DataOption;
import dev.troupe.clusterconfig.command.option.StoreOption;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.persistence.backup.CheckedCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Writes everything that is stored into a file: of the instance that runs on a data directory,
/// which goes on meanwhile, or of the directory if nothing runs.
@Command(
    name = "backup",
    description = {
      "Write everything that is stored into a file, also while it is used.",
      "Certificates and keys are not in it."
    },
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

  private static final String BACKUP = "/troupe/backup";

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final StoreOption store = new StoreOption();

  @Parameters(paramLabel = "FILE", description = "The file to make; it must not be there yet")
  private Path file = Path.of("");

  private final PrintWriter out;

  BackupCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    if (Files.exists(file)) {
      throw new CommandFailedException(file + " is there already; name another file");
    }
    var directory = new DataDirectory(data.directory());
    var entries = new AtomicLong();
    PrivateFile.write(file, to -> entries.set(write(directory, to)));
    out.printf("%,d entries in %s, %,d bytes%n", entries.get(), file, file.toFile().length());
    return 0;
  }

  private long write(DataDirectory directory, OutputStream to) throws IOException {
    var running = ServingInstance.of(directory);
    return running.isPresent()
        ? download(directory, running.get(), to)
        : readOffline(directory, to);
  }

  private long download(DataDirectory directory, Instance instance, OutputStream to)
      throws IOException {
    try (var client = ServingInstance.client(directory, instance);
        var bytes = client.download(BACKUP)) {
      return CheckedCopy.of(bytes, to, "the backup from " + instance.server().get());
    } catch (UncheckedIOException brokenOff) {
      throw new CommandFailedException(brokenOff.getMessage() + "; no file was made, try again");
    }
  }

  private long readOffline(DataDirectory directory, OutputStream to) throws IOException {
    var location = store.location();
    if (!location.isBelowData()) {
      return new OfflineStore(directory.root(), location, InstantSource.system()).backup(to);
    }
    refuseEmpty(directory);
    try (var rest = StoreAtRest.open(directory, location)) {
      return rest.store().backup(to);
    }
  }

  /// Makes nothing.
  private void refuseEmpty(DataDirectory directory) throws IOException {
    var files = new OfflineStore(directory.root(), store.location(), InstantSource.system());
    if (!files.exists() && directory.ensemble().file().read().isEmpty()) {
      throw new CommandFailedException(
          "nothing is stored in " + directory.root() + "; name another directory with --data");
    }
  }
}
