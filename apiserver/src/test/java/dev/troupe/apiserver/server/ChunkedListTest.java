package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.JSON;
import static dev.troupe.apiserver.server.TestServer.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.runtime.collection.reading.ListCursor;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists that come in pieces are answered like those that are here as a whole.
@Timeout(120)
class ChunkedListTest {

  private static final int MANY = 1_100;
  private static final String MAPS = "/api/v1/namespaces/many/configmaps";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final String METADATA =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  private static TestServer server;

  private final ConcurrentLinkedQueue<CutCursor> cut = new ConcurrentLinkedQueue<>();

  /// About 600 KB in one namespace, and a little in another.
  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    server.namespace("many");
    for (int i = 0; i < MANY; i++) {
      assertThat(server.post(MAPS, configMap(i)).statusCode()).isEqualTo(201);
    }
    server.post("/api/v1/namespaces/default/configmaps", TestServer.configMap("apart"));
  }

  private static String configMap(int number) {
    return """
    {"metadata": {"name": "m-%04d",
      "labels": {"parity": "%s", "hundred": "%d"}},
     "data": {"text": "%s"}}\
    """
        .formatted(number, number % 2 == 0 ? "even" : "odd", number / 100, "x".repeat(300));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void whole() {
    server.resources.pieces(UnaryOperator.identity());
  }

  private ListCursor cut(ListCursor list, int size, int good) {
    var pieces = new CutCursor(list, size, good);
    cut.add(pieces);
    return pieces;
  }

  private record Question(String path, String... headers) {

    private record Body(int code, String encoding, String text) {}

    /// The age of objects aside.
    private Body ask() throws Exception {
      var answer =
          server.admin.send(
              server.request("GET", path, new byte[0], headers).build(),
              BodyHandlers.ofByteArray());
      var encoding = answer.headers().firstValue("content-encoding").orElse("");
      byte[] bytes = answer.body();
      if (encoding.equals("gzip")) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
          bytes = in.readAllBytes();
        }
      }
      var text = new String(bytes, UTF_8);
      return new Body(
          answer.statusCode(), encoding, text.replaceAll("\"(\\d+[smh])+\"", "\"age\""));
    }
  }

  private static List<Question> questions() {
    return List.of(
        new Question(MAPS),
        new Question("/api/v1/configmaps"),
        new Question("/api/v1/namespaces/default/configmaps"),
        new Question("/api/v1/namespaces/none/configmaps"),
        new Question("/api/v1/namespaces"),
        new Question(MAPS + "?pretty=true"),
        new Question(MAPS, "Accept", "application/yaml"),
        new Question(MAPS, "Accept", TABLE),
        new Question(MAPS, "Accept", METADATA),
        new Question(MAPS, "Accept-Encoding", "gzip"),
        new Question(MAPS + "?resourceVersion=0&limit=5"),
        new Question(MAPS + "?limit=100"),
        new Question(MAPS + "?limit=1050"),
        new Question(MAPS + "?limit=" + MANY),
        new Question(MAPS + "?limit=5000"),
        new Question(MAPS + "?labelSelector=parity%3Deven"),
        new Question(MAPS + "?labelSelector=parity%3Deven", "Accept-Encoding", "gzip"),
        new Question(MAPS + "?labelSelector=parity%3Deven&limit=100"),
        new Question(MAPS + "?labelSelector=parity+notin+%28even%29", "Accept", TABLE),
        new Question(MAPS + "?labelSelector=hundred%3D7", "Accept-Encoding", "gzip"),
        new Question(MAPS + "?labelSelector=hundred%3D7&limit=100"),
        new Question(MAPS + "?labelSelector=hundred%3D7", "Accept", "application/yaml"),
        new Question(MAPS + "?labelSelector=hundred+in+%287,8,9,10%29", "Accept-Encoding", "gzip"),
        new Question(MAPS + "?labelSelector=parity%3Dneither&pretty=true"),
        new Question(MAPS + "?fieldSelector=metadata.name%3Dm-0700"),
        new Question("/api/v1/configmaps?fieldSelector=metadata.name%3Dm-0700"),
        new Question(MAPS + "?fieldSelector=metadata.name%3Dm-0700&limit=1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000})
  void answersAreTheSameByteForByte(int size) throws Exception {
    for (var question : questions()) {
      server.resources.pieces(UnaryOperator.identity());
      var expected = question.ask();
      assertThat(expected.code()).as(question.path()).isEqualTo(200);

      server.resources.pieces(list -> cut(list, size, Integer.MAX_VALUE));
      assertThat(question.ask().equals(expected)).as("the answer to %s", question).isTrue();
    }
    assertThat(cut).hasSize(questions().size());
    assertThat(cut).allSatisfy(list -> assertThat(list.mostHeld.get()).isBetween(1, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000})
  void watchesBeginWithTheSameByteForByte(int size) throws Exception {
    for (var query :
        List.of("", "&labelSelector=hundred%3D7", "&fieldSelector=metadata.name%3Dm-0700")) {
      server.resources.pieces(UnaryOperator.identity());
      var expected = beginning(query);

      server.resources.pieces(list -> cut(list, size, Integer.MAX_VALUE));
      assertThat(beginning(query).equals(expected)).as("the watch of %s", query).isTrue();
    }
    assertThat(cut).hasSize(3);
    assertThat(cut).allSatisfy(list -> assertThat(list.mostHeld.get()).isBetween(1, 2));
  }

  /// Up to the bookmark that ends it.
  private static List<String> beginning(String query) throws Exception {
    var path =
        MAPS
            + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
            + "&allowWatchBookmarks=true"
            + query;
    var lines = new ArrayList<String>();
    try (var reader = new BufferedReader(new InputStreamReader(open(path), UTF_8))) {
      do {
        lines.add(reader.readLine());
      } while (!lines.getLast().contains("initial-events-end"));
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000})
  void pagesGoOnWhereThoseBeforeHaveEnded(int size) throws Exception {
    for (var query : List.of("?limit=100", "?limit=100&labelSelector=parity%3Dodd", "?limit=7")) {
      server.resources.pieces(UnaryOperator.identity());
      var expected = pages(query);

      server.resources.pieces(list -> cut(list, size, Integer.MAX_VALUE));
      assertThat(pages(query)).isEqualTo(expected);
    }
    assertThat(cut).allSatisfy(list -> assertThat(list.mostHeld.get()).isBetween(1, 2));
  }

  private static List<String> pages(String query) throws Exception {
    var pages = new ArrayList<String>();
    var token = "";
    do {
      var page = server.get(MAPS + query + (token.isEmpty() ? "" : "&continue=" + token));
      assertThat(page.statusCode()).isEqualTo(200);
      pages.add(page.body());
      token = json(page).at("/metadata/continue").asString("");
    } while (!token.isEmpty());
    // Without a limit what is left comes as one page.
    var first = json(server.get(MAPS + query)).at("/metadata/continue").asString("");
    pages.add(server.get(MAPS + "?continue=" + first).body());
    return pages;
  }

  /// What a client has got so far must not look like the whole.
  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void brokenListEndsInAReset(HttpClient.Version version) throws Exception {
    server.resources.pieces(list -> cut(list, 100, 8));
    try (var client = server.client(server.adminIdentity, version)) {
      for (var question :
          List.of(
              new Question(MAPS),
              new Question(MAPS, "Accept-Encoding", "gzip"),
              new Question(MAPS, "Accept", "application/yaml"),
              new Question(MAPS + "?labelSelector=parity%3Deven"),
              new Question(MAPS + "?watch=1"))) {
        var request = server.request("GET", question.path(), new byte[0], question.headers());
        assertThatThrownBy(() -> client.send(request.build(), BodyHandlers.ofByteArray()))
            .as("%s", question)
            .isInstanceOf(IOException.class)
            .isNotInstanceOf(HttpTimeoutException.class);
      }
    }
    for (var list : cut) {
      assertThat(list.closed.await(20, TimeUnit.SECONDS)).isTrue();
    }
    server.resources.pieces(UnaryOperator.identity());
    assertThat(json(server.get(MAPS)).path("items")).hasSize(MANY);
  }

  /// Nothing has been sent yet.
  @Test
  void listThatBreaksOffBeforeItBeginsIsUnavailable() throws Exception {
    for (var broken :
        List.of(
            new Question(MAPS),
            new Question(MAPS + "?limit=1050"),
            new Question(MAPS + "?labelSelector=hundred%3D7"))) {
      int good = broken.path().equals(MAPS) ? 0 : 1;
      server.resources.pieces(list -> cut(list, 100, good));
      var answer = server.get(broken.path());

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(json(answer).path("reason").asString()).isEqualTo("ServiceUnavailable");
    }
    for (var list : cut) {
      assertThat(list.closed.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  /// Its head is all that the client wants, or it goes away, or less than all is wanted.
  @Test
  void listOfWhichNoMoreIsWantedIsEnded() throws Exception {
    server.resources.pieces(list -> cut(list, 1, Integer.MAX_VALUE));
    assertThat(server.send("HEAD", MAPS, "").statusCode()).isEqualTo(200);
    assertThat(server.get(MAPS + "?limit=2").statusCode()).isEqualTo(200);
    var fromNow = "?watch=1&sendInitialEvents=false&resourceVersionMatch=NotOlderThan";
    assertThat(server.get(MAPS + fromNow + "&timeoutSeconds=1").statusCode()).isEqualTo(200);
    try (var watch = open(MAPS + "?watch=1");
        var list = open(MAPS)) {
      assertThat(watch.read()).isEqualTo('{');
      assertThat(list.read()).isEqualTo('{');
    }
    assertThat(cut).hasSize(5);
    for (var list : cut) {
      assertThat(list.closed.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static InputStream open(String path) throws Exception {
    return server
        .admin
        .send(server.request("GET", path, new byte[0]).build(), BodyHandlers.ofInputStream())
        .body();
  }

  /// A namespace of 25 config maps.
  ///
  /// @return where they are
  private static String filled(String namespace) throws Exception {
    server.namespace(namespace);
    var path = "/api/v1/namespaces/" + namespace + "/configmaps";
    for (int i = 0; i < 25; i++) {
      server.post(path, configMap(i));
    }
    return path;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000})
  void deletionOfManyDeletesWhatAllPiecesShow(int size) throws Exception {
    var path = filled("sweep-" + size);
    server.resources.pieces(list -> cut(list, size, Integer.MAX_VALUE));

    var deleted = json(server.send("DELETE", path + "?labelSelector=parity%3Deven", ""));

    assertThat(deleted.path("items")).hasSize(13);
    assertThat(json(server.get(path)).path("items")).hasSize(12);
    assertThat(JSON.writeValueAsString(deleted)).contains("m-0024").doesNotContain("m-0023");
  }

  /// As a list would: a page at a time, if the client wants it so.
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000})
  void deletionOfManyEndsAtItsLimit(int size) throws Exception {
    var path = filled("page-by-page-" + size);
    server.resources.pieces(list -> cut(list, size, Integer.MAX_VALUE));

    var even = "?labelSelector=parity%3Deven&limit=5";
    var first = json(server.send("DELETE", path + even, ""));
    assertThat(first.path("items")).hasSize(5);
    assertThat(first.path("metadata").has("remainingItemCount")).isFalse();
    assertThat(json(server.get(path)).path("items")).hasSize(20);

    var token = first.at("/metadata/continue").asString("");
    assertThat(json(server.send("DELETE", path + even + "&continue=" + token, "")).path("items"))
        .hasSize(5);
    var all = json(server.send("DELETE", path + "?limit=5", ""));
    assertThat(all.at("/metadata/remainingItemCount").asInt()).isEqualTo(10);
    var rest = json(server.send("DELETE", path + "?limit=10", ""));
    assertThat(rest.path("items")).hasSize(10);
    assertThat(rest.path("metadata").has("continue")).isFalse();
  }
}
