package dev.troupe.clusterconfig.command.client;

import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.instance.Instance;
import java.util.Optional;

/// Whoever runs on a data directory and can be asked.
public final class ServingInstance {

  private ServingInstance() {}

  /// Of many members any that runs, if nobody takes care of them.
  public static Optional<Instance> of(DataDirectory directory) {
    return directory
        .instance()
        .running()
        .or(() ->
            directory.ensemble().file().read().stream()
                .flatMap(ensemble -> ensemble.seats().stream())
                .flatMap(seat -> directory.ensemble().running(seat).stream())
                .findFirst());
  }

  /// A client of an instance that runs.
  ///
  /// @throws CommandFailedException if it does not serve yet
  public static AdminClient client(DataDirectory directory, Instance instance) {
    return AdminClient.of(directory, instance, AdminClient.PATIENCE)
        .orElseThrow(() ->
            new CommandFailedException(
                "the instance on %s (pid %d) does not serve yet; try again when it does"
                    .formatted(directory.root(), instance.pid())));
  }

  /// A client of whoever runs.
  ///
  /// @throws CommandFailedException if nothing runs, or it does not serve yet
  public static AdminClient client(DataDirectory directory) {
    return client(
        directory,
        of(directory)
            .orElseThrow(() ->
                new CommandFailedException(
                    "nothing runs on %s; start it with: ./troupe up%s"
                        .formatted(directory.root(), directory.option()))));
  }
}
