package dev.troupe.clusterconfig.command.ensemble;

import dev.troupe.clusterconfig.certificates.MemberName;
import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.run.UpOptions;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import dev.troupe.clusterconfig.ensemble.EnsembleDatabase;
import dev.troupe.clusterconfig.ensemble.Seat;
import dev.troupe.clusterconfig.ensemble.SeatConfiguration;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.plugin.ControllerJars;
import dev.troupe.clusterconfig.postgres.DatabaseAccess;
import dev.troupe.clusterconfig.postgres.LocalPostgres;
import dev.troupe.clusterconfig.process.LogRotation;
import dev.troupe.clusterconfig.process.ProgramLaunch;
import dev.troupe.clusterconfig.supervision.DatabaseProcess;
import dev.troupe.clusterconfig.supervision.MemberProcess;
import dev.troupe.clusterconfig.supervision.Supervised;
import dev.troupe.clusterconfig.supervision.Supervisor;
import dev.troupe.clusterconfig.supervision.logic.RestartLimits;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The members of one machine and their database, as long as somebody takes care of them. What runs
/// already is taken over.
final class WatchedEnsemble {

  private static final List<String> HOSTS = List.of("localhost", "127.0.0.1", "::1");

  private final DataDirectory data;
  private final Ensemble ensemble;
  private final Consumer<String> told;
  private final Supervisor supervisor;

  private WatchedEnsemble(
      DataDirectory data, Ensemble ensemble, Consumer<String> told, Supervisor supervisor) {
    this.data = data;
    this.ensemble = ensemble;
    this.told = told;
    this.supervisor = supervisor;
  }

  /// Starts the database, and begins to start members. Those that somebody has stopped are started
  /// as well.
  ///
  /// @param options which nodes are simulated, and which controllers run
  /// @param told gets sentences for people
  static WatchedEnsemble begin(
      ProgramLaunch program,
      DataDirectory data,
      Ensemble ensemble,
      UpOptions options,
      Consumer<String> told) {
    var database = EnsembleDatabase.of(data.ensemble(), ensemble).own();
    var access = database.map(LocalPostgres::start);
    database.map(LocalPostgres::log).ifPresent(LogRotation::keep);
    furnish(data, ensemble, access, options);
    var members = ensemble.seats().stream().map(seat -> process(program, data, ensemble, seat));
    var supervisor =
        Supervisor.over(
            database.<Supervised>map(DatabaseProcess::new),
            members.toList(),
            RestartLimits.STANDARD,
            InstantSource.system(),
            told);
    return new WatchedEnsemble(data, ensemble, told, supervisor);
  }

  /// Each member's certificates and configuration.
  private static void furnish(
      DataDirectory data, Ensemble ensemble, Optional<DatabaseAccess> access, UpOptions options) {
    var authority = data.authority();
    var configuration =
        new SeatConfiguration(
            data.ensemble(),
            ensemble,
            access,
            options.nodes(),
            ControllerJars.of(options.controllers(), data.root()));
    for (var seat : ensemble.seats()) {
      PrivateFile.createDirectory(data.ensemble().of(seat));
      authority.issue(new MemberName(seat.name(), HOSTS), data.ensemble().certificates(seat));
      PrivateFile.write(data.ensemble().configuration(seat), configuration.text(seat));
    }
  }

  private static MemberProcess process(
      ProgramLaunch program, DataDirectory data, Ensemble ensemble, Seat seat) {
    var files = data.ensemble();
    var line = new ArrayList<String>(ProgramLaunch.apart());
    line.addAll(
        program.commandLine(
            files.of(seat),
            files.log(seat),
            ensemble.seats().size(),
            List.of("member", "--config", files.configuration(seat).toString())));
    var process = files.process(seat, line);
    process.release();
    return process;
  }

  boolean allServe() {
    return ensemble.seats().stream().allMatch(this::serves);
  }

  boolean someServe() {
    return ensemble.seats().stream().anyMatch(this::serves);
  }

  /// Whether none will serve before somebody has mended something.
  boolean noneWill() {
    return supervisor.hasGivenUpMembers();
  }

  private boolean serves(Seat seat) {
    return data.ensemble()
        .running(seat)
        .filter(instance -> instance.phase() == Instance.Phase.SERVING)
        .isPresent();
  }

  /// Takes care of nothing any more, and stops all that runs.
  void stop() {
    supervisor.close();
    new EnsembleStop(data, ensemble, told).stopAll();
  }
}
