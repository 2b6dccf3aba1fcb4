package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.apiserver.server.ApiServerSettings.Limits;
import dev.troupe.apiserver.server.ApiServerSettings.Periods;
import dev.troupe.apiserver.server.RawConnection.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that ask and do not listen, or begin and do not end, harm nobody but themselves.
@Timeout(60)
class RudeClientsTest {

  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final Limits USUAL = Limits.DEFAULT;
  private static final Periods HASTY =
      new Periods(
          USUAL.periods().deadline(),
          USUAL.periods().idle(),
          Duration.ofSeconds(1),
          USUAL.periods().conversion());

  /// @param reads slots for reads
  /// @param unknown requests without credentials
  private static TestServer server(int reads, int writes, int unknown, long waitingBytes)
      throws Exception {
    return server(reads, writes, unknown, waitingBytes, HASTY);
  }

  private static TestServer server(
      int reads, int writes, int unknown, long waitingBytes, Periods periods) throws Exception {
    return new TestServer(
        _ -> subscriber -> subscriber.onComplete(),
        new Limits(
            USUAL.bodyBytes(),
            USUAL.headerBytes(),
            reads,
            writes,
            USUAL.connections(),
            unknown,
            USUAL.unknownEach(),
            waitingBytes,
            periods));
  }

  private static int status(TestServer server, String path) throws Exception {
    return server.get(path).statusCode();
  }

  @Test
  void whoTakesNoAnswersTakesNobodysPlaceAndIsCutOff() throws Exception {
    try (var server = server(1, 1, 40, 1 << 20);
        var strangers = new RawConnection(server, null, "h2");
        var friend = new RawConnection(server, server.adminIdentity, "h2")) {
      for (var rude : List.of(strangers, friend)) {
        rude.preface(0);
        for (int i = 0; i < USUAL.unknownEach(); i++) {
          rude.get(2 * i + 1, rude == friend ? "/api/v1/namespaces/default" : "/version");
        }
        for (int i = 0; i < USUAL.unknownEach(); i++) {
          rude.await(RawConnection.HEADERS);
        }
      }

      assertThat(status(server, MAPS)).isEqualTo(200);
      assertThat(server.post(MAPS, configMap("a")).statusCode()).isEqualTo(201);
      assertThat(status(server, "/readyz")).isEqualTo(200);

      assertThat(strangers.untilClosed()).extracting(Frame::type).contains(RawConnection.GO_AWAY);
      assertThat(friend.untilClosed()).extracting(Frame::type).contains(RawConnection.GO_AWAY);
    }
  }

  @Test
  void aStalledAnswerIsResetAndTheConnectionGoesOn() throws Exception {
    try (var server = server(9, 9, 9, 1 << 20);
        var client = new RawConnection(server, server.adminIdentity, "h2")) {
      client.preface(0);
      client.get(1, MAPS + "?watch=true");
      client.get(3, "/version");

      assertThat(client.await(RawConnection.RESET).stream()).isEqualTo(3);

      client.frame(RawConnection.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 1, 0});
      client.get(5, "/version");
      assertThat(client.await(RawConnection.DATA).stream()).isEqualTo(5);
    }
  }

  @Test
  void aConnectionWithoutCredentialsHasFewRequestsAtOnce() throws Exception {
    try (var server = server(9, 9, 90, 1 << 20);
        var client = new RawConnection(server, null, "h2")) {
      client.preface(0);
      for (int i = 0; i < USUAL.unknownEach() + 8; i++) {
        client.get(2 * i + 1, "/readyz");
      }

      var refused = new ArrayList<Integer>();
      while (refused.size() < 8) {
        var reset = client.await(RawConnection.RESET);
        assertThat(reset.code()).isEqualTo(7);
        refused.add(reset.stream());
      }
      assertThat(refused).allMatch(stream -> stream > 2 * USUAL.unknownEach());
    }
  }

  @Test
  void healthIsAnsweredWhateverElseGoesOn() throws Exception {
    try (var server = server(0, 0, 0, 1);
        var nobody = server.client(null, java.net.http.HttpClient.Version.HTTP_2)) {
      assertThat(status(server, MAPS)).isEqualTo(429);
      for (String path : List.of("/healthz", "/livez", "/readyz", "/version")) {
        var request = server.request("GET", path, new byte[0]).build();
        var response = nobody.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).as(path).isEqualTo(path.equals("/version") ? 429 : 200);
      }
    }
  }

  @Test
  void howTheServerIsIsAnsweredThoughNoReadIs() throws Exception {
    try (var server = server(0, 0, 0, 1)) {
      assertThat(status(server, MAPS)).isEqualTo(429);
      assertThat(status(server, "/troupe/status")).isEqualTo(200);
      assertThat(status(server, "/metrics")).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatDoesNotEndTakesNobodysPlace() throws Exception {
    try (var server = server(9, 1, 9, 1 << 20);
        var slow = new RawConnection(server, server.adminIdentity, "h2")) {
      slow.preface(65_535);
      postHead(slow, 1);
      slow.frame(
          RawConnection.DATA,
          0,
          1,
          "{\"metadata\":".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      slow.get(3, "/version");
      slow.await(RawConnection.DATA);

      assertThat(server.post(MAPS, configMap("quick")).statusCode()).isEqualTo(201);
    }
  }

  private static void postHead(RawConnection client, int stream) throws Exception {
    client.head(
        stream,
        false,
        ":method",
        "POST",
        ":scheme",
        "https",
        ":authority",
        "a",
        ":path",
        MAPS,
        "content-type",
        "application/json");
  }

  private static void post(RawConnection client, int stream, String name) throws Exception {
    postHead(client, stream);
    byte[] body = configMap(name).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    client.frame(RawConnection.DATA, RawConnection.END_OF_STREAM, stream, body);
  }

  /// A refusal would cost clients a second, as they wait until they try again. Half of the room is
  /// one caller's: ten wait beside the two inside.
  @Test
  void whoComesWhenAllPlacesAreTakenWaitsForOne() throws Exception {
    try (var server = server(9, 2, 9, 1 << 20);
        var client = new RawConnection(server, server.adminIdentity, "h2")) {
      var held = server.resources.hold();
      client.preface(65_535);
      for (int i = 0; i <= 12; i++) {
        post(client, 2 * i + 1, "waiting-" + i);
      }
      assertThat(client.await(RawConnection.HEADERS).stream()).isEqualTo(25);

      held.complete(null);

      var answered = new TreeSet<Integer>();
      while (answered.size() < 12) {
        answered.add(client.await(RawConnection.HEADERS).stream());
      }
      for (int i = 0; i <= 12; i++) {
        assertThat(status(server, MAPS + "/waiting-" + i)).isEqualTo(i < 12 ? 200 : 404);
      }
    }
  }

  @Test
  void whoGoesWhileItWaitsTakesNobodysPlace() throws Exception {
    try (var server = server(9, 1, 9, 1 << 20)) {
      var held = server.resources.hold();
      try (var client = new RawConnection(server, server.adminIdentity, "h2")) {
        client.preface(65_535);
        for (int i = 0; i < 4; i++) {
          post(client, 2 * i + 1, "gone-" + i);
        }
        client.get(9, "/version");
        client.await(RawConnection.HEADERS);
      }

      held.complete(null);

      for (int i = 0; i < 4; i++) {
        assertThat(server.post(MAPS, configMap("next-" + i)).statusCode()).isEqualTo(201);
      }
    }
  }

  @Test
  void bodiesThatDoNotEndAreBoundedTogether() throws Exception {
    try (var server = server(9, 9, 9, 20_000);
        var slow = new RawConnection(server, server.adminIdentity, "h2")) {
      slow.preface(65_535);
      for (int stream = 1; stream <= 3; stream += 2) {
        postHead(slow, stream);
        slow.frame(RawConnection.DATA, 0, stream, new byte[15_000]);
      }

      assertThat(slow.await(RawConnection.HEADERS).stream()).isEqualTo(3);
    }
  }

  /// So much that no buffer between server and client has room for it.
  private static void fill(TestServer server) throws Exception {
    String large = configMap("large").replace("\"b\"", "\"" + "x".repeat(900_000) + "\"");
    for (int i = 0; i < 20; i++) {
      assertThat(server.post(MAPS, large.replace("large", "large-" + i)).statusCode())
          .isEqualTo(201);
    }
  }

  /// Whoever waits for room holds no place among the reads, of which there is one here.
  @Test
  void aLongListThatNobodyReadsIsCutOffAndTheNextOneWaitsForItsRoom() throws Exception {
    try (var server = server(1, 9, 9, 1 << 20)) {
      fill(server);
      try (var slow = new RawConnection(server, server.adminIdentity, "http/1.1");
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        slow.send("GET " + MAPS + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(slow.begin()).startsWith("HTTP/1.1 200");

        var waiting = threads.submit(() -> status(server, MAPS));
        assertThat(status(server, MAPS + "/large-1")).isEqualTo(200);

        assertThat(waiting.get()).isEqualTo(200);
        assertThat(slow.text(5_000)).endsWith("<closed>");
      }
    }
  }

  @Test
  void aLongListForWhichThereIsNoRoomInTimeIsRefused() throws Exception {
    var impatient =
        new Periods(
            Duration.ofSeconds(2),
            USUAL.periods().idle(),
            USUAL.periods().stalled(),
            USUAL.periods().conversion());
    try (var server = server(9, 9, 9, 1 << 20, impatient)) {
      fill(server);
      try (var slow = new RawConnection(server, server.adminIdentity, "http/1.1")) {
        slow.send("GET " + MAPS + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(slow.begin()).startsWith("HTTP/1.1 200");

        var refused = server.get(MAPS);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
        assertThat(status(server, MAPS + "/large-1")).isEqualTo(200);
      }
    }
  }
}
