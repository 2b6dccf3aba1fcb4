package dev.troupe.apiserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.apiserver.server.RawConnection.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many streams on one connection that begin while it is full: each gets all that it is to get, if
/// the client gives it room, and does not wait for what others do.
@Timeout(60)
class ManyStreamsTest {

  private static final int WINDOW_UPDATE = 8;
  private static final int STREAMS = 40;
  private static final int OBJECTS = 100;
  private static final int OBJECT_BYTES = 4_000;
  private static final int ROOM = 1 << 30;

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    for (int i = 0; i < OBJECTS; i++) {
      server.post(
          "/api/v1/namespaces/default/configmaps",
          """
          {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c%d"},"data":{"a":"%s"}}\
          """
              .formatted(i, "x".repeat(OBJECT_BYTES)));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {65_535, 65_536, 100_000, 1 << 20})
  void noneIsForgotten(int window) throws Exception {
    try (var connection = new RawConnection(server, server.adminIdentity, "h2")) {
      connection.preface(window);
      giveRoom(connection, 0, ROOM);
      for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
        connection.get(stream, "/api/v1/configmaps?watch=1&resourceVersion=0");
      }

      assertThat(read(connection)).hasSize(STREAMS);
    }
  }

  /// Reads until each of the streams that have begun has everything.
  ///
  /// @return how much each has got
  private static Map<Integer, Integer> read(RawConnection connection) throws IOException {
    var read = new HashMap<Integer, Integer>();
    long complete = 0;
    while (complete < STREAMS) {
      Frame frame = connection.next();
      if (frame == null) {
        throw new IOException("closed");
      }
      if (frame.type() == RawConnection.DATA && frame.payload().length > 0) {
        int length = frame.payload().length;
        read.merge(frame.stream(), length, Integer::sum);
        giveRoom(connection, frame.stream(), length);
        complete = read.values().stream().filter(got -> got >= OBJECTS * OBJECT_BYTES).count();
      }
    }
    return read;
  }

  private static void giveRoom(RawConnection connection, int stream, int bytes) throws IOException {
    connection.frame(
        WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(Integer.BYTES).putInt(bytes).array());
  }
}
