package dev.troupe.apiserver.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The streams that are open.
final class Streams {

  private final Set<StreamSink> open = ConcurrentHashMap.newKeySet();

  void add(StreamSink stream) {
    open.add(stream);
  }

  void remove(StreamSink stream) {
    open.remove(stream);
  }

  int count() {
    return open.size();
  }

  /// Ends all of them cleanly, each on its own thread.
  void stop() {
    for (var stream : open) {
      stream.thread().execute(stream::stop);
    }
  }
}
