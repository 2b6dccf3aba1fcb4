package dev.troupe.apiserver.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is kept for clients that do not take what streams send them: bounded for each client and in
/// all. Frames that several streams wait with are counted once. Whoever has taken nothing for the
/// longest time goes first, so that clients that read are the last to suffer.
///
/// @param <S> a stream
final class Untaken<S> {

  private final long most;
  private final long mostOfClient;
  private final Map<S, Waiting> streams = new LinkedHashMap<>();
  private final Frames all = new Frames();
  private final Map<String, Frames> clients = new LinkedHashMap<>();

  /// @param most bytes in all
  /// @param mostOfClient bytes of one client
  Untaken(long most, long mostOfClient) {
    this.most = most;
    this.mostOfClient = mostOfClient;
  }

  /// @param own bytes that only this stream waits with
  private record Waiting(String client, long own, List<byte[]> frames) {}

  /// A stream waits from now on until its client takes something.
  ///
  /// @param own bytes that only this stream waits with
  /// @param frames what else it waits with; may be those of other streams, too
  /// @return whom to cut off, which are forgotten here
  synchronized List<S> add(S stream, String client, long own, Collection<byte[]> frames) {
    remove(stream);
    var waiting = new Waiting(client, own, List.copyOf(frames));
    streams.put(stream, waiting);
    all.add(waiting);
    clients.computeIfAbsent(client, _ -> new Frames()).add(waiting);
    var victims = new ArrayList<S>();
    while (bytes(client) > mostOfClient) {
      victims.add(cutFirst(client));
    }
    while (all.bytes > most) {
      victims.add(cutFirst(null));
    }
    return victims;
  }

  /// The client has taken something, or the stream is over.
  synchronized void remove(S stream) {
    var waiting = streams.remove(stream);
    if (waiting != null) {
      all.remove(waiting);
      var ofClient = clients.get(waiting.client);
      if (ofClient != null) {
        ofClient.remove(waiting);
        if (ofClient.streams == 0) {
          clients.remove(waiting.client);
        }
      }
    }
  }

  synchronized long bytes() {
    return all.bytes;
  }

  synchronized long bytes(String client) {
    var ofClient = clients.get(client);
    return ofClient == null ? 0 : ofClient.bytes;
  }

  /// @param client null for any
  private S cutFirst(@Nullable String client) {
    for (var entry : streams.entrySet()) {
      if (client == null || entry.getValue().client.equals(client)) {
        remove(entry.getKey());
        return entry.getKey();
      }
    }
    throw new IllegalStateException("bytes are counted that no stream waits with");
  }

  /// The bytes that some streams wait with, shared frames once.
  private static final class Frames {

    private final IdentityHashMap<byte[], Integer> waiting = new IdentityHashMap<>();
    private long bytes;
    private int streams;

    private void add(Waiting stream) {
      streams++;
      bytes += stream.own;
      for (byte[] frame : stream.frames) {
        if (waiting.merge(frame, 1, Integer::sum) == 1) {
          bytes += frame.length;
        }
      }
    }

    private void remove(Waiting stream) {
      streams--;
      bytes -= stream.own;
      for (byte[] frame : stream.frames) {
        if (waiting.merge(frame, -1, Integer::sum) == 0) {
          waiting.remove(frame);
          bytes -= frame.length;
        }
      }
    }
  }
}
