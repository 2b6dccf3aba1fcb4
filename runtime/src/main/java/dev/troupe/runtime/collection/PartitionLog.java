package dev.troupe.runtime.collection;

import dev.troupe.runtime.store.PartitionId;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// What a partition, or the host of a controller, says in the log: in each line partition and epoch
/// are fields of their own, by which the lines of all members can be put together.
public record PartitionLog(PartitionId partition) {

  /// What an operator may have to look after.
  ///
  /// @param epoch that it is about; 0 if none is open
  public void warn(Logger log, long epoch, String what) {
    say(log, Level.WARN, epoch, what, Map.of());
  }

  /// What happens as it should.
  public void info(Logger log, long epoch, String what) {
    info(log, epoch, what, Map.of());
  }

  /// The same with the times at which the steps were done that have led to it, as fields.
  public void info(Logger log, long epoch, String what, Map<String, Long> times) {
    say(log, Level.INFO, epoch, what, times);
  }

  private void say(Logger log, Level level, long epoch, String what, Map<String, Long> times) {
    var line = log.atLevel(level).addKeyValue("partition", partition).addKeyValue("epoch", epoch);
    for (var time : times.entrySet()) {
      line = line.addKeyValue(time.getKey(), time.getValue());
    }
    line.log("{} {}", partition, what);
  }
}
