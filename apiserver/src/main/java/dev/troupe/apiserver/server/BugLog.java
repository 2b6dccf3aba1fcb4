package dev.troupe.apiserver.server;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs what nobody has expected, each under an id. However often a bug is met, few lines are
/// written a minute.
final class BugLog {

  private static final Logger LOG = LoggerFactory.getLogger(BugLog.class);
  private static final long MINUTE = 60_000_000_000L;
  private static final int EACH_MINUTE = 10;

  private final Supplier<String> ids;
  private long minute;
  private int met;

  BugLog(Supplier<String> ids) {
    this.ids = ids;
    this.minute = System.nanoTime();
  }

  /// @return the id that the log has it under, unless it has enough already
  String log(String what, @Nullable Throwable cause) {
    String id = ids.get();
    if (mayLog(System.nanoTime())) {
      LOG.error("{} failed, id {}", what, id, cause);
    }
    return id;
  }

  synchronized boolean mayLog(long now) {
    if (now - minute > MINUTE) {
      if (met > EACH_MINUTE) {
        LOG.error("{} more failures were not logged", met - EACH_MINUTE);
      }
      minute = now;
      met = 0;
    }
    met++;
    return met <= EACH_MINUTE;
  }
}
