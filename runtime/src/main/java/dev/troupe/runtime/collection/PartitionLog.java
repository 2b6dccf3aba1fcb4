package dev.troupe.runtime.collection;

import dev.troupe.runtime.store.PartitionId;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// What a partition, or the host of a controller, says in the log: in each line partition and epoch
/// are fields of their own, by which the lines of all members can be put together.
public record PartitionLog(PartitionId partition) {

  /// What an operator may have to look after.
  ///
  /// @param epoch that it is about; 0 if none is open
  public void warn(Logger log, long epoch, String what) {
    say(log, Level.WARN, epoch, what);
  }

  /// What happens as it should.
  public void info(Logger log, long epoch, String what) {
    say(log, Level.INFO, epoch, what);
  }

  private void say(Logger log, Level level, long epoch, String what) {
    log.atLevel(level)
        .addKeyValue("partition", partition)
        .addKeyValue("epoch", epoch)
        .log("{} {}", partition, what);
  }
}
