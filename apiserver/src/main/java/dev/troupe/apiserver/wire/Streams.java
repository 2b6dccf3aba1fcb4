package dev.troupe.apiserver.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The streams that are open.
public final class Streams {

  private final Set<StreamSink> open = ConcurrentHashMap.newKeySet();

  void add(StreamSink stream) {
    open.add(stream);
  }

  void remove(StreamSink stream) {
    open.remove(stream);
  }

  public int count() {
    return open.size();
  }

  /// Ends all of them cleanly, each on its own thread.
  public void stop() {
    for (var stream : open) {
      stream.thread().execute(stream::stop);
    }
  }
}
