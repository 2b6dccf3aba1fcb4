package dev.troupe.clusterconfig.command.experiment;

import dev.troupe.clusterconfig.postgres.LocalPostgres;
import dev.troupe.clusterconfig.premises.LocalPremises;
import dev.troupe.testkit.experiment.guest.Guest;
import dev.troupe.testkit.experiment.junit.RunSites;
import dev.troupe.testkit.experiment.run.RunSite;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Experiments on this machine, with a database of their own.
public final class LocalRunSites implements RunSites {

  @Override
  public String obstacle() {
    return LocalPostgres.obstacle();
  }

  @Override
  public RunSite at(Path directory, Consumer<String> progress) {
    var random = new SecureRandom();
    return new RunSite(
        directory,
        below -> LocalPremises.open(below, InstantSource.system(), random),
        LocalPremises::databaseWord,
        MachineLines.read(),
        InstantSource.system(),
        progress,
        Guest.NONE);
  }
}
