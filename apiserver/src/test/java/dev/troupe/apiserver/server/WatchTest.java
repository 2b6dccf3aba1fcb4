package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.JSON;
import static dev.troupe.apiserver.server.TestServer.configMap;
import static dev.troupe.apiserver.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class WatchTest {

  private static final String MERGE = "application/merge-patch+json";
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void changesArriveInOrderOverBothProtocols(HttpClient.Version version) throws Exception {
    String path = space("order-" + (version == HttpClient.Version.HTTP_2 ? 2 : 1));
    try (var client = server.client(server.adminIdentity, version);
        var watch = new Watch(client, path + "?watch=1&timeoutSeconds=30")) {
      server.post(path, configMap("a"));
      server.send("PATCH", path + "/a", "{\"data\":{\"x\":\"1\"}}", "Content-Type", MERGE);
      server.send("DELETE", path + "/a", "");

      assertThat(watch.next()).isEqualTo("ADDED a");
      assertThat(watch.next()).isEqualTo("MODIFIED a");
      assertThat(watch.next()).isEqualTo("DELETED a");
      assertThat(watch.response.version()).isEqualTo(version);
    }
  }

  @Test
  void aTimeThatIsOverEndsAWatchAtOnce() throws Exception {
    var watch = server.get("/api/v1/namespaces/default/configmaps?watch=1&timeoutSeconds=-1");

    assertThat(watch.statusCode()).isEqualTo(200);
  }

  @Test
  void aWatchGoesOnBehindAList() throws Exception {
    String path = space("behind");
    server.post(path, configMap("before"));
    String version = listVersion(path);
    server.post(path, configMap("after"));

    try (var watch = watch(path + "?watch=true&resourceVersion=" + version)) {
      assertThat(watch.next()).isEqualTo("ADDED after");
    }
  }

  @Test
  void aWatchWithoutAVersionBeginsWithWhatIsThere() throws Exception {
    String path = space("synthetic");
    server.post(path, configMap("a"));
    server.post(path, configMap("b"));

    try (var watch = watch(path + "?watch=true&resourceVersion=0")) {
      assertThat(watch.next()).isEqualTo("ADDED a");
      assertThat(watch.next()).isEqualTo("ADDED b");
      server.post(path, configMap("c"));
      assertThat(watch.next()).isEqualTo("ADDED c");
    }
  }

  @Test
  void initialEventsEndWithABookmark() throws Exception {
    String path = space("initial");
    server.post(path, configMap("a"));

    try (var watch =
        watch(
            path
                + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                + "&allowWatchBookmarks=true")) {
      assertThat(watch.next()).isEqualTo("ADDED a");
      JsonNode bookmark = watch.nextEvent();
      assertThat(bookmark.path("type").asString("")).isEqualTo("BOOKMARK");
      JsonNode metadata = bookmark.path("object").path("metadata");
      assertThat(metadata.path("annotations").path("k8s.io/initial-events-end").asString(""))
          .isEqualTo("true");
      assertThat(metadata.path("resourceVersion").asString("")).isEqualTo(listVersion(path));
    }
  }

  @Test
  void anObjectAppearsAndGoesAsItsLabelsMatch() throws Exception {
    String path = space("labels");
    try (var watch = watch(path + "?watch=1&labelSelector=tier%3Dweb")) {
      server.post(path, configMap("a"));
      label(path, "{\"tier\":\"web\"}");
      label(path, "{\"tier\":\"web\",\"more\":\"x\"}");
      label(path, "{\"tier\":\"db\"}");
      server.send("DELETE", path + "/a", "");
      server.post(path, configMap("b"));
      label(path, "b", "{\"tier\":\"web\"}");

      assertThat(watch.next()).isEqualTo("ADDED a");
      assertThat(watch.next()).isEqualTo("MODIFIED a");
      assertThat(watch.next()).isEqualTo("DELETED a");
      assertThat(watch.next()).isEqualTo("ADDED b");
    }
  }

  @Test
  void anObjectThatGoesIsShownAsItWasInItsNewVersion() throws Exception {
    String path = space("going");
    server.post(path, configMap("a"));
    label(path, "{\"tier\":\"web\"}");
    try (var watch = watch(path + "?watch=1&labelSelector=tier%3Dweb")) {
      assertThat(watch.next()).isEqualTo("ADDED a");
      label(path, "{\"tier\":\"db\"}");

      var event = watch.nextEvent();
      var metadata = event.path("object").path("metadata");
      assertThat(event.path("type").asString("")).isEqualTo("DELETED");
      assertThat(metadata.path("labels").path("tier").asString("")).isEqualTo("web");
      assertThat(metadata.path("resourceVersion"))
          .isEqualTo(json(server.get(path + "/a")).path("metadata").path("resourceVersion"));
    }
  }

  @Test
  void aWatchEndsCleanlyAfterItsTimeWithABookmarkIfAllowed() throws Exception {
    String path = space("timeout");
    try (var plain = watch(path + "?watch=1&timeoutSeconds=1");
        var marked = watch(path + "?watch=1&timeoutSeconds=1&allowWatchBookmarks=true")) {
      assertThat(plain.rest()).isEmpty();
      assertThat(marked.rest())
          .isNotEmpty()
          .allMatch(event -> event.path("type").asString("").equals("BOOKMARK"));
    }
  }

  @Test
  void anExpiredPositionIsAnErrorEvent() throws Exception {
    var nodes = "/api/v1/nodes";
    server.post(nodes, "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"old\"}}");
    server.resources.compact(TypeRef.core("nodes"));

    try (var watch = watch(nodes + "?watch=1&resourceVersion=1")) {
      JsonNode event = watch.nextEvent();
      assertThat(event.path("type").asString("")).isEqualTo("ERROR");
      assertThat(event.path("object").path("code").asInt()).isEqualTo(410);
      assertThat(event.path("object").path("reason").asString("")).isEqualTo("Expired");
      assertThat(watch.rest()).isEmpty();
    }
  }

  @Test
  void tablesDescribeTheirColumnsOnce() throws Exception {
    String path = space("tables");
    try (var client = server.client(server.adminIdentity, HttpClient.Version.HTTP_2);
        var watch =
            new Watch(
                client,
                path + "?watch=1",
                "Accept",
                "application/json;as=Table;v=v1;g=meta.k8s.io")) {
      server.post(path, configMap("a"));
      server.post(path, configMap("b"));
      JsonNode first = watch.nextEvent().path("object");
      JsonNode second = watch.nextEvent().path("object");

      assertThat(first.path("kind").asString("")).isEqualTo("Table");
      assertThat(first.path("columnDefinitions").size()).isPositive();
      assertThat(first.path("rows").path(0).path("cells").path(0).asString("")).isEqualTo("a");
      assertThat(second.path("columnDefinitions").size()).isZero();
    }
  }

  @Test
  void aWebSocketCarriesOneEventPerMessage() throws Exception {
    String path = space("socket");
    var messages = new LinkedBlockingQueue<String>();
    try (var client = server.client(server.adminIdentity, HttpClient.Version.HTTP_1_1)) {
      var socket =
          client
              .newWebSocketBuilder()
              .buildAsync(
                  URI.create(server.url(path + "?watch=true").replace("https", "wss")),
                  new Messages(messages))
              .get(10, TimeUnit.SECONDS);
      server.post(path, configMap("a"));
      server.post(path, configMap("b"));

      assertThat(name(messages)).isEqualTo("ADDED a");
      assertThat(name(messages)).isEqualTo("ADDED b");
      socket.abort();
      while (server.resources.watchers(TypeRef.core("configmaps")) > 0) {
        Thread.sleep(20);
      }
    }
  }

  private static String name(BlockingQueue<String> messages) throws InterruptedException {
    return describe(JSON.readTree(messages.poll(10, TimeUnit.SECONDS)));
  }

  private static String space(String namespace) throws Exception {
    server.namespace(namespace);
    return "/api/v1/namespaces/" + namespace + "/configmaps";
  }

  private static void label(String path, String labels) throws Exception {
    label(path, "a", labels);
  }

  private static void label(String path, String name, String labels) throws Exception {
    server.send(
        "PATCH",
        path + "/" + name,
        "{\"metadata\":{\"labels\":" + labels + "}}",
        "Content-Type",
        MERGE);
  }

  private static String listVersion(String path) throws Exception {
    return json(server.get(path)).path("metadata").path("resourceVersion").asString("");
  }

  private static Watch watch(String path) throws Exception {
    return new Watch(server.admin, path);
  }

  private static String describe(JsonNode event) {
    return event.path("type").asString("")
        + " "
        + event.path("object").path("metadata").path("name").asString("");
  }

  /// A watch that is open.
  private static final class Watch implements AutoCloseable {

    final HttpResponse<Stream<String>> response;
    private final java.util.Iterator<String> lines;

    Watch(HttpClient client, String path, String... headers) throws Exception {
      response =
          client.send(
              server.request("GET", path, new byte[0], headers).build(),
              HttpResponse.BodyHandlers.ofLines());
      assertThat(response.statusCode()).isEqualTo(200);
      lines = response.body().iterator();
    }

    String next() {
      return describe(nextEvent());
    }

    JsonNode nextEvent() {
      return JSON.readTree(lines.next());
    }

    List<JsonNode> rest() {
      var rest = new ArrayList<JsonNode>();
      lines.forEachRemaining(line -> rest.add(JSON.readTree(line)));
      return rest;
    }

    @Override
    public void close() {
      response.body().close();
    }
  }

  /// Whole messages: one may come in several parts.
  private static final class Messages implements WebSocket.Listener {
    private final BlockingQueue<String> queue;
    private final StringBuilder parts = new StringBuilder();

    private Messages(BlockingQueue<String> queue) {
      this.queue = queue;
    }

    @Override
    public @org.jspecify.annotations.Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        queue.add(parts.toString());
        parts.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
