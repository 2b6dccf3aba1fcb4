package dev.troupe.apiserver.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The streams that are open, and what waits for clients that do not take it.
public final class Streams {

  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
  private static final long LEAST_UNTAKEN = 32L << 20;
  private static final long LOG_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Set<StreamSink> open = ConcurrentHashMap.newKeySet();
  private final Untaken<StreamSink> untaken;
  private volatile boolean stopped;
  private final AtomicLong cutOff = new AtomicLong();
  private final AtomicLong logAfter = new AtomicLong(System.nanoTime());

  /// @param memory of which a part may hold what clients do not take
  public Streams(long memory) {
    long most = Math.max(LEAST_UNTAKEN, memory / 8);
    this.untaken = new Untaken<>(most, most / 2);
  }

  /// What begins when all were ended, as its request was on its way, ends at once.
  void add(StreamSink stream) {
    open.add(stream);
    if (stopped) {
      end(stream);
    }
  }

  void remove(StreamSink stream) {
    open.remove(stream);
    untaken.remove(stream);
  }

  Untaken<StreamSink> untaken() {
    return untaken;
  }

  /// Somebody had to go. Many are told of in one line.
  void cutOff(String client) {
    long count = cutOff.incrementAndGet();
    long after = logAfter.get();
    long now = System.nanoTime();
    if (now - after >= 0 && logAfter.compareAndSet(after, now + LOG_EVERY_NANOS)) {
      LOG.info(
          "a stream of {} was cut off, because nobody read it: {} since the start", client, count);
    }
  }

  public int count() {
    return open.size();
  }

  /// Ends all of them cleanly, each on its own thread, and those that begin later.
  public void stop() {
    stopped = true;
    open.forEach(Streams::end);
  }

  private static void end(StreamSink stream) {
    stream.thread().execute(stream::stop);
  }
}
