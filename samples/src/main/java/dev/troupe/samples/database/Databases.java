package dev.troupe.samples.database;

import dev.troupe.api.controller.ActivityExecutor;
import dev.troupe.api.extension.Extension;
import dev.troupe.api.extension.ExtensionSource;
import dev.troupe.clusterconfig.command.TroupeCommand;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The `troupe` command, whose member runs databases too. What is done to them are lines in the
/// log.
public final class Databases implements ExtensionSource {

  private static final Logger LOG = LoggerFactory.getLogger(Databases.class);

  public static void main(String[] arguments) {
    TroupeCommand.run(Databases.class, new Databases().extension(), arguments);
  }

  @Override
  public Extension extension() {
    return Extension.of(new DatabaseController())
        .with(DatabaseWork.Provision.class, said())
        .with(DatabaseWork.BackUp.class, said())
        .with(DatabaseWork.Promote.class, said())
        .with(DatabaseWork.Drop.class, said());
  }

  private static <W extends DatabaseWork> ActivityExecutor<W> said() {
    return (work, key) -> {
      LOG.info("{} ({})", work, key);
      return CompletableFuture.completedStage("done");
    };
  }
}
