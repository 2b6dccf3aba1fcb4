package dev.troupe.clusterconfig.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Stops the instance of a data directory and waits until it is gone.
@Command(
    name = "down",
    description = "Stop what runs on a data directory.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  private final PrintWriter out;

  DownCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var directory = new DataDirectory(data.directory());
    var instance = directory.instance().running();
    if (instance.isEmpty()) {
      refuseNameless(directory);
      out.println("nothing runs on " + data.directory());
      return 0;
    }
    var how = new ProcessStop(directory, ProcessStop.Patience.STANDARD).end(instance.get());
    out.printf(how.words(), instance.get().pid());
    return 0;
  }

  /// One that has not said yet, or says no more, which process it is.
  private static void refuseNameless(DataDirectory directory) {
    if (OfflineLock.isTaken(directory)) {
      throw new CommandFailedException(
          ("%s is in use by a process that starts or ends at this moment; if it is there for longer,"
                  + " `fuser %s` tells which it is")
              .formatted(directory.root(), directory.root().resolve("lock")));
    }
  }
}
