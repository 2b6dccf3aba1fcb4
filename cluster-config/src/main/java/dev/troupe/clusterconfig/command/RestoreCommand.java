package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.data.DataKind;
import dev.troupe.clusterconfig.command.data.OfflineLock;
import dev.troupe.clusterconfig.command.data.StoreAtRest;
import dev.troupe.clusterconfig.command.option.DataOption;
import dev.troupe.clusterconfig.command.option.Ranges;
import dev.troupe.clusterconfig.command.option.StoreOption;
import dev.troupe.clusterconfig.ensemble.EnsembleChoice;
import dev.troupe.clusterconfig.ensemble.FreePorts;
import dev.troupe.clusterconfig.instance.DataPermissions;
import dev.troupe.persistence.backup.BackupReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--members",
      paramLabel = "N",
      converter = Ranges.MemberCount.class,
      description =
          "For so many members on this machine, in a PostgreSQL that comes along or that --store"
              + " names")
  private int members;

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
      prepare(directory);
      try (var rest = StoreAtRest.open(directory, store.location())) {
        restore(directory, rest, backup);
      }
    } catch (NoSuchFileException missing) {
      throw new CommandFailedException(file + " is not there");
    }
    return 0;
  }

  private void prepare(DataDirectory directory) {
    PrivateFile.createDirectory(directory.root());
    try (var _ = OfflineLock.take(directory)) {
      var former = directory.ensemble().file().read();
      if (former.isEmpty()) {
        DataPermissions.secure(directory.root());
      }
      if (members > 0) {
        DataKind.refuseStoreOfOne(directory);
        var ensemble =
            new EnsembleChoice(members, store.location().url(), UpCommand.PORT)
                .over(former, false, FreePorts.ofThisMachine());
        directory.ensemble().file().write(ensemble);
      }
    }
  }

  private void restore(DataDirectory directory, StoreAtRest rest, BackupReader backup)
      throws IOException {
    if (rest.isFiles() && rest.store().exists()) {
      throw new CommandFailedException(
          directory.root()
              + " holds a store already; name another directory with --data, or remove this one");
    }
    long entries = rest.store().restore(backup);
    var url = store.location().url();
    out.printf("%,d entries restored into %s%n", entries, url.isEmpty() ? directory.root() : url);
    var many =
        directory
            .ensemble()
            .file()
            .read()
            .map(ensemble -> " --members " + ensemble.seats().size())
            .orElse("");
    var option = url.isEmpty() ? "" : " --store '" + url + "'";
    out.printf("Start it with: ./troupe up%s%s%s%n", many, directory.option(), option);
  }
}
