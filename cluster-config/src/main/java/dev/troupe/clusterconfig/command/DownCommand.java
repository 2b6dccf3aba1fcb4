package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.data.OfflineLock;
import dev.troupe.clusterconfig.command.ensemble.EnsembleEnds;
import dev.troupe.clusterconfig.command.ensemble.EnsembleMembers;
import dev.troupe.clusterconfig.command.ensemble.EnsembleStop;
import dev.troupe.clusterconfig.command.option.DataOption;
import dev.troupe.clusterconfig.command.option.Ranges;
import dev.troupe.clusterconfig.command.run.ProcessStop;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Stops what runs on a data directory and waits until it is gone.
@Command(
    name = "down",
    description = "Stop what runs on a data directory.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  @Option(
      names = "--member",
      paramLabel = "N",
      converter = Ranges.MemberNumber.class,
      description = {
        "Stop only this one of several members. It stays stopped until `troupe restart --member N`,"
            + " or until all are started anew."
      })
  private int member;

  private final PrintWriter out;

  DownCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var directory = new DataDirectory(data.directory());
    var ensemble = directory.ensemble().file().read();
    if (member != 0) {
      downOne(directory, EnsembleMembers.required(directory));
    } else if (ensemble.isPresent()) {
      downMany(directory, ensemble.get());
    } else {
      downAlone(directory);
    }
    return 0;
  }

  private void downAlone(DataDirectory directory) {
    var instance = directory.instance().running();
    if (instance.isEmpty()) {
      refuseNameless(directory);
      out.println("nothing runs on " + data.directory());
      return;
    }
    var how = new ProcessStop(directory, ProcessStop.Patience.STANDARD).end(instance.get());
    out.printf(how.words(), instance.get().pid());
  }

  private void downOne(DataDirectory directory, Ensemble ensemble) {
    var seat = EnsembleMembers.seat(ensemble, member);
    directory.ensemble().process(seat, List.of()).hold();
    if (!new EnsembleStop(directory, ensemble, out::println).stop(seat)) {
      out.printf("%s does not run%n", seat.name());
    }
    out.printf(
        "It stays stopped until: ./troupe restart --member %d%s%n", member, directory.option());
  }

  /// Whoever takes care of the members stops them. What he leaves behind, if he was killed himself,
  /// is stopped from here.
  private void downMany(DataDirectory directory, Ensemble ensemble) {
    var watcher = directory.instance().running();
    var progress = new EnsembleEnds(directory, ensemble, out);
    watcher.ifPresent(instance ->
        new ProcessStop(
                directory, ProcessStop.Patience.ofMany(ensemble.seats().size()), progress::look)
            .end(instance));
    progress.look();
    refuseNameless(directory);
    try (var _ = OfflineLock.take(directory)) {
      boolean some = new EnsembleStop(directory, ensemble, out::println).stopAll();
      out.println(
          some || watcher.isPresent()
              ? "nothing runs on %s any more".formatted(directory.root())
              : "nothing runs on " + directory.root());
    }
  }

  /// One that has not said yet, or says no more, which process it is.
  private static void refuseNameless(DataDirectory directory) {
    if (OfflineLock.isTaken(directory)) {
      throw new CommandFailedException(
          ("%s is in use by a process that starts or ends at this moment; if it is there for"
                  + " longer, `fuser %s` tells which it is")
              .formatted(directory.root(), directory.root().resolve("lock")));
    }
  }
}
