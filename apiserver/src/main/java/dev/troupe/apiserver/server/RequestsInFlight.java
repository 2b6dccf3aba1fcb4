package dev.troupe.apiserver.server;

import dev.troupe.apiserver.request.ApiRequest;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Counts the requests that are being carried out, and says when there are enough. Streams are not
/// counted.
final class RequestsInFlight {

  private final Gate reads;
  private final Gate writes;

  RequestsInFlight(ApiServerSettings.Limits limits) {
    reads = new Gate(limits.reads());
    writes = new Gate(limits.writes());
  }

  /// @return what is to be closed at the end of the request; null if there are too many
  @Nullable Gate enter(ApiRequest request) {
    Gate gate = request.writes() ? writes : reads;
    return gate.enter() ? gate : null;
  }

  int reads() {
    return reads.count.get();
  }

  int writes() {
    return writes.count.get();
  }

  static final class Gate {

    private final int limit;
    private final AtomicInteger count = new AtomicInteger();

    private Gate(int limit) {
      this.limit = limit;
    }

    private boolean enter() {
      if (count.incrementAndGet() <= limit) {
        return true;
      }
      count.decrementAndGet();
      return false;
    }

    void leave() {
      count.decrementAndGet();
    }
  }
}
