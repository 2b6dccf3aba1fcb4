package dev.troupe.samples.jobqueue;

import dev.troupe.api.extension.Extension;
import dev.troupe.api.extension.ExtensionSource;
import dev.troupe.clusterconfig.command.TroupeCommand;

/// The `troupe` command, whose member runs a queue of jobs too.
public final class JobQueues implements ExtensionSource {

  private static final int SLOTS = 100;

  public static void main(String[] arguments) {
    TroupeCommand.run(JobQueues.class, new JobQueues().extension(), arguments);
  }

  @Override
  public Extension extension() {
    return Extension.NONE.withKind(QueuedJob.class).with(new JobQueueController(SLOTS));
  }
}
