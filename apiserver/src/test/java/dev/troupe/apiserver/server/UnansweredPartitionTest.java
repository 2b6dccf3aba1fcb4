package dev.troupe.apiserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.apiserver.server.ApiServerSettings.Limits;
import dev.troupe.apiserver.server.ApiServerSettings.Periods;
import dev.troupe.apiserver.server.ThreeServers.Spread;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Where nobody answers for a partition, be its owner out of reach or nobody able to open it,
/// clients are told so in time, in a form that they know what to do with.
@Tag("thorough")
@Timeout(120)
@SuppressWarnings("NullAway.Init") // set before each test
class UnansweredPartitionTest {

  /// Reads are given up before it, also those of what is moving.
  private static final Duration DEADLINE = Duration.ofSeconds(12);

  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String TABLE =
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
  private static final String MERGE = "application/merge-patch+json";

  private record Request(String method, String path, String body, String... headers) {

    static Request get(String path, String... headers) {
      return new Request("GET", path, "", headers);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private static final List<Request> READS =
      List.of(
          Request.get(MAPS + "/a"),
          Request.get(MAPS + "/a?resourceVersion=0"),
          Request.get(MAPS + "/a", "Accept", TABLE),
          Request.get(MAPS),
          Request.get(MAPS + "?limit=1"),
          Request.get(MAPS + "?resourceVersion=0"),
          Request.get(MAPS + "?fieldSelector=metadata.name%3Da"),
          Request.get("/api/v1/configmaps"),
          Request.get("/api/v1/secrets?labelSelector=a%3Db"),
          Request.get("/api/v1/configmaps?watch=true&timeoutSeconds=1"),
          Request.get(
              MAPS
                  + "?watch=true&timeoutSeconds=1&sendInitialEvents=true"
                  + "&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true"),
          new Request("DELETE", MAPS, ""));

  private static final List<Request> WRITES =
      List.of(
          new Request("POST", MAPS, "{\"metadata\":{\"name\":\"new\"}}"),
          new Request("POST", MAPS + "?dryRun=All", "{\"metadata\":{\"name\":\"dry\"}}"),
          new Request("PUT", MAPS + "/a", "{\"metadata\":{\"name\":\"a\"}}"),
          new Request("PATCH", MAPS + "/b", "{\"data\":{\"x\":\"1\"}}", "Content-Type", MERGE),
          new Request("DELETE", MAPS + "/c", ""));

  private ThreeServers servers;

  @BeforeEach
  void start() throws Exception {
    var usual = Limits.DEFAULT;
    var limits =
        new Limits(
            usual.bodyBytes(),
            usual.headerBytes(),
            usual.reads(),
            usual.writes(),
            usual.connections(),
            usual.unknown(),
            usual.unknownEach(),
            usual.waitingBytes(),
            new Periods(
                DEADLINE,
                usual.periods().idle(),
                usual.periods().stalled(),
                usual.periods().conversion()));
    servers = ThreeServers.start(Spread.ALL_AT_FIRST, limits);
    create("/api/v1/namespaces", "default");
    for (var name : List.of("a", "b", "c")) {
      create(MAPS, name);
    }
  }

  private void create(String path, String name) {
    var body = "{\"metadata\":{\"name\":\"%s\"}}".formatted(name);
    var response = servers.send(servers.all().getFirst(), "POST", path, body).join();
    assertThat(response.statusCode()).as("%s of %s", path, name).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    CountedLetters.lose(false);
    servers.close();
  }

  /// What it is asked gets lost; everything else goes on, so that nobody takes it for dead.
  @Test
  void ownerThatIsNotReached() {
    var other = servers.all().get(1);
    CountedLetters.lose(true);
    assertRefusedInTime(false, other);
    CountedLetters.lose(false);

    assertThat(status(other, MAPS + "/a")).isEqualTo(200);
    assertThat(status(other, "/api/v1/configmaps")).isEqualTo(200);
  }

  @Test
  void partitionThatNobodyCanOpen() {
    servers.loseFirst();
    var one = servers.all().getFirst();
    var other = servers.all().getLast();
    assertRefusedInTime(true, one, other);

    servers.letOpen();

    for (var server : List.of(one, other)) {
      while (status(server, MAPS + "/b") != 200 || status(server, "/api/v1/secrets") != 200) {
        Thread.onSpinWait();
      }
    }
  }

  private int status(ApiServer server, String path) {
    return servers.send(server, "GET", path, "").join().statusCode();
  }

  private record Answered(Request request, HttpResponse<byte[]> response, long nanos) {}

  /// @param certain whether it is known of every write that it was not stored
  private void assertRefusedInTime(boolean certain, ApiServer... asked) {
    var began = System.nanoTime();
    var reads = ask(READS, began, asked);
    var writes = ask(WRITES, began, asked);
    for (var read : reads) {
      var answered = read.join();
      assertThat(answered.response.statusCode()).as("%s", answered.request).isEqualTo(503);
      assertRefusal(answered, true);
    }
    for (var write : writes) {
      var answered = write.join();
      assertThat(answered.response.statusCode()).as("%s", answered.request).isIn(503, 504);
      assertRefusal(answered, certain);
    }
  }

  private List<CompletableFuture<Answered>> ask(
      List<Request> requests, long began, ApiServer... asked) {
    return Arrays.stream(asked)
        .flatMap(server ->
            requests.stream()
                .map(request ->
                    servers
                        .send(server, request.method, request.path, request.body, request.headers)
                        .thenApply(response ->
                            new Answered(request, response, System.nanoTime() - began))))
        .toList();
  }

  /// A `Status` of which `kubectl` prints the message.
  ///
  /// @param again whether it may simply be sent again: then it is said when
  private void assertRefusal(Answered answered, boolean again) {
    var what = answered.request.toString();
    var response = answered.response;
    assertThat(answered.nanos)
        .as(what)
        .isLessThan(DEADLINE.toNanos() + TimeUnit.SECONDS.toNanos(1));
    assertThat(response.headers().firstValue("Retry-After"))
        .as(what)
        .isEqualTo(again ? Optional.of("1") : Optional.empty());
    var status = TestServer.JSON.readTree(response.body());
    assertThat(status.path("kind").asString("")).as(what).isEqualTo("Status");
    assertThat(status.path("status").asString("")).as(what).isEqualTo("Failure");
    assertThat(status.path("code").asInt()).as(what).isEqualTo(response.statusCode());
    assertThat(status.path("message").asString("")).as(what).isNotBlank();
    assertThat(status.at("/details/retryAfterSeconds").asInt(0)).as(what).isEqualTo(again ? 1 : 0);
  }
}
