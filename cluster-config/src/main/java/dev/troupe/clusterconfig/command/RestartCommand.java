package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.ensemble.EnsembleMembers;
import dev.troupe.clusterconfig.command.ensemble.EnsembleStop;
import dev.troupe.clusterconfig.command.ensemble.RollingDrive;
import dev.troupe.clusterconfig.command.option.DataOption;
import dev.troupe.clusterconfig.command.option.Ranges;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import dev.troupe.clusterconfig.ensemble.Seat;
import dev.troupe.clusterconfig.instance.Instance;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Restarts members while the others go on.
@Command(
    name = "restart",
    description = {
      "Restart members of several on this machine, while the others serve.",
      "A member that was stopped, or that is not started again by itself, is started."
    },
    mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Mixin private final DataOption data = new DataOption();

  @ArgGroup(multiplicity = "1")
  private final Which which = new Which();

  private static final class Which {

    @Option(
        names = "--rolling",
        description = "All, one after the other: the next one when the one before serves again")
    private boolean rolling;

    @Option(
        names = "--member",
        paramLabel = "N",
        converter = Ranges.MemberNumber.class,
        description = "This one")
    private int member;
  }

  private final PrintWriter out;

  RestartCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var directory = new DataDirectory(data.directory());
    var ensemble = EnsembleMembers.required(directory);
    refuseUnwatched(directory, ensemble);
    if (which.rolling) {
      new RollingDrive(directory, ensemble, out).run();
    } else {
      restart(directory, ensemble, EnsembleMembers.seat(ensemble, which.member));
    }
    return 0;
  }

  private static void refuseUnwatched(DataDirectory directory, Ensemble ensemble) {
    if (directory.instance().running().isEmpty()) {
      throw new CommandFailedException(
          "nobody takes care of the members on %s, who would start them: ./troupe up --members %d%s"
              .formatted(directory.root(), ensemble.seats().size(), directory.option()));
    }
  }

  private void restart(DataDirectory directory, Ensemble ensemble, Seat seat) {
    var former = directory.ensemble().running(seat).map(Instance::pid);
    new EnsembleStop(directory, ensemble, out::println).stop(seat);
    directory.ensemble().process(seat, List.of()).ask();
    var serving = awaitServing(directory, seat, former);
    out.printf("%s serves %s (pid %d)%n", seat.name(), seat.server(), serving.pid());
  }

  private static Instance awaitServing(DataDirectory directory, Seat seat, Optional<Long> former) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      var serving =
          directory
              .ensemble()
              .running(seat)
              .filter(instance -> instance.phase() == Instance.Phase.SERVING)
              .filter(instance -> !former.equals(Optional.of(instance.pid())));
      if (serving.isPresent()) {
        return serving.get();
      }
      RollingDrive.pause();
    }
    throw new CommandFailedException(
        "%s does not serve after %d s; see %s"
            .formatted(seat.name(), PATIENCE.toSeconds(), directory.ensemble().log(seat)));
  }
}
