package dev.troupe.controllerhost.collection;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says what cannot be read, and why: at once if it is new, and then once a minute.
final class UnreadableNotes {

  private static final Logger LOG = LoggerFactory.getLogger(UnreadableNotes.class);
  private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private record Said(String what, long nanos) {}

  private final Map<String, Said> last = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  UnreadableNotes(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// @param about the collection
  void say(String about, String what) {
    long now = nanos.getAsLong();
    var said = last.get(about);
    if (said == null || !said.what.equals(what) || now - said.nanos > AGAIN_NANOS) {
      last.put(about, new Said(what, now));
      LOG.warn("{} cannot be read, and is tried again: {}", about, what);
    }
  }

  /// It is read.
  void over(String about) {
    if (last.remove(about) != null) {
      LOG.info("{} is read again", about);
    }
  }
}
