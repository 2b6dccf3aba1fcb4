package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.configMap;
import static dev.troupe.apiserver.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.controller.PodLogs;
import dev.troupe.api.resource.TypeRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The forms in which answers come.
@Timeout(60)
class AnswersTest {

  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final String POD =
      """
      {"metadata":{"name":"%s"},"spec":{"containers":[%s]}}\
      """;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer(AnswersTest::lines, ApiServerSettings.Limits.DEFAULT);
    server.post(MAPS, configMap("there"));
    String pods = "/api/v1/namespaces/default/pods";
    server.post(pods, POD.formatted("one", "{\"name\":\"c\",\"image\":\"i\"}"));
    server.post(
        pods,
        POD.formatted("two", "{\"name\":\"c\",\"image\":\"i\"},{\"name\":\"d\",\"image\":\"i\"}"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static java.util.concurrent.Flow.Publisher<PodLogs.Line> lines(PodLogs.Query query) {
    return subscriber -> {
      var publisher = new SubmissionPublisher<PodLogs.Line>(Runnable::run, 16);
      publisher.subscribe(subscriber);
      if (query.previous()) {
        publisher.closeExceptionally(new PodLogs.NoSuchContainerException("no former run"));
      }
      for (int i = 1; i <= 3 && !publisher.isClosed(); i++) {
        publisher.submit(new PodLogs.Line(Instant.EPOCH.plusSeconds(i), "line " + i));
      }
      publisher.close();
    };
  }

  @Test
  void aLogIsPlainText() throws Exception {
    String log = "/api/v1/namespaces/default/pods/one/log";

    assertThat(server.get(log).body()).isEqualTo("line 1\nline 2\nline 3\n");
    assertThat(server.get(log).headers().firstValue("content-type")).contains("text/plain");
    assertThat(server.get(log + "?limitBytes=9").body()).isEqualTo("line 1\nli");
    assertThat(server.get(log + "?timestamps=true").body())
        .startsWith("1970-01-01T00:00:01Z line 1\n");
  }

  @Test
  void aLogThatCannotBeReadIsRefused() throws Exception {
    var answer = server.get("/api/v1/namespaces/default/pods/one/log?previous=true");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("message").asString("")).isEqualTo("no former run");
  }

  @Test
  void aLogOfSeveralContainersNeedsAName() throws Exception {
    String log = "/api/v1/namespaces/default/pods/two/log";

    assertThat(json(server.get(log)).path("message").asString(""))
        .isEqualTo("a container name must be specified for pod two, choose one of: [c d]");
    assertThat(json(server.get(log + "?container=e")).path("message").asString(""))
        .isEqualTo("container e is not valid for pod two");
    assertThat(server.get(log + "?container=d").statusCode()).isEqualTo(200);
  }

  @Test
  void objectsComeAsTableMetadataOrYaml() throws Exception {
    var table = json(server.get(MAPS, "Accept", TABLE));
    assertThat(table.path("kind").asString("")).isEqualTo("Table");
    assertThat(table.path("columnDefinitions").path(0).path("name").asString("")).isEqualTo("Name");
    assertThat(table.path("rows").path(0).path("object").path("metadata").path("name").asString(""))
        .isEqualTo("there");

    var metadata =
        json(
            server.get(
                MAPS,
                "Accept",
                "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"));
    assertThat(metadata.path("kind").asString("")).isEqualTo("PartialObjectMetadataList");
    assertThat(metadata.path("items").path(0).has("data")).isFalse();

    var yaml = server.get(MAPS + "/there", "Accept", "application/yaml");
    assertThat(yaml.headers().firstValue("content-type")).contains("application/yaml");
    assertThat(yaml.body()).startsWith("apiVersion: v1\ndata:\n");
    assertThat(server.get(MAPS + "/there?pretty=true").body()).contains("\n  \"metadata\"");
  }

  @Test
  void jsonForPeopleIsIndentedAsGoDoes() throws Exception {
    var text = server.get(MAPS + "/there?pretty=true").body();

    assertThat(text)
        .startsWith("{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"ConfigMap\",\n")
        .contains("\n  \"data\": {\n    \"a\": \"b\"\n  }");
    assertThat(server.get("/api/v1/nodes?pretty=1").body()).contains("\"items\": []");
    assertThat(server.get("/version?pretty=true").body()).contains("\n  \"major\": \"1\"");
  }

  @Test
  void aScaleHasColumnsOfItsOwn() throws Exception {
    String sets = "/apis/apps/v1/namespaces/default/replicasets";
    server.post(
        sets,
        """
        {"metadata":{"name":"scaled"},"spec":{"replicas":3,"selector":{"matchLabels":{"a":"b"}},
        "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
        """);
    var table = json(server.get(sets + "/scaled/scale", "Accept", TABLE));

    assertThat(table.path("columnDefinitions").findValuesAsString("name"))
        .containsExactly("Name", "Desired", "Available", "Age");
    assertThat(table.at("/rows/0/cells").toString()).startsWith("[\"scaled\",3,0,");
    assertThat(table.at("/rows/0/object/metadata/name").asString()).isEqualTo("scaled");
  }

  @Test
  void aPatchOfAFormThatIsNotServedIsCalledThat() throws Exception {
    var answer =
        server.send(
            "PATCH",
            MAPS + "/x?fieldManager=a&force=true",
            "{}",
            "Content-Type",
            "application/apply-patch+cbor");

    assertThat(answer.statusCode()).isEqualTo(415);
  }

  @Test
  void aHeadHasNoBody() throws Exception {
    var head = server.send("HEAD", MAPS + "/there", "");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void warningsTellOfUnknownFields() throws Exception {
    var response =
        server.post(MAPS + "?dryRun=All", "{\"metadata\":{\"name\":\"warned\"},\"dta\":{}}");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().allValues("warning"))
        .containsExactly("299 - \"unknown field \\\"dta\\\"\"");
    assertThat(server.get(MAPS + "/warned").statusCode()).isEqualTo(404);
  }

  /// What was read can be sent again: clients try out copies of what there is.
  @Test
  void whatIsOnlyTriedMayHaveAVersion() throws Exception {
    var tried = "{\"metadata\":{\"name\":\"tried\",\"resourceVersion\":\"5\"}}";

    assertThat(server.post(MAPS + "?dryRun=All", tried).statusCode()).isEqualTo(201);
    assertThat(server.post(MAPS, tried).statusCode()).isEqualTo(400);
  }

  @Test
  void eventsAreServedUnderTwoGroups() throws Exception {
    server.post(
        "/api/v1/namespaces/default/events",
        """
        {"metadata":{"name":"happened"},"reason":"Test","message":"it did","type":"Normal",
         "involvedObject":{"kind":"ConfigMap","name":"there","namespace":"default"}}\
        """);
    var path = "/apis/events.k8s.io/v1/namespaces/default/events";
    var event = json(server.get(path + "/happened"));

    assertThat(event.path("apiVersion").asString("")).isEqualTo("events.k8s.io/v1");
    assertThat(event.path("note").asString("")).isEqualTo("it did");
    assertThat(event.path("regarding").path("name").asString("")).isEqualTo("there");
    assertThat(json(server.get(path)).path("items").path(0).path("note").asString(""))
        .isEqualTo("it did");
    assertThat(
            json(server.get("/api/v1/events?fieldSelector=involvedObject.name%3Dthere"))
                .path("items")
                .size())
        .isEqualTo(1);
  }

  @Test
  void anExpiredPageOffersToGoOnWithWhatIsThere() throws Exception {
    String secrets = "/api/v1/namespaces/default/secrets";
    for (int i = 0; i < 3; i++) {
      server.post(secrets, "{\"metadata\":{\"name\":\"s%d\"}}".formatted(i));
    }
    String token =
        json(server.get(secrets + "?limit=1")).path("metadata").path("continue").asString("");
    server.post(secrets, "{\"metadata\":{\"name\":\"s3\"}}");
    server.resources.compact(TypeRef.core("secrets"));

    var expired = server.get(secrets + "?limit=1&continue=" + token);
    assertThat(expired.statusCode()).isEqualTo(410);
    assertThat(json(expired).path("reason").asString("")).isEqualTo("Expired");
    assertThat(server.send("DELETE", secrets + "?limit=1&continue=" + token, "").body())
        .isEqualTo(expired.body());
    String fresh = json(expired).path("metadata").path("continue").asString("");
    var rest = json(server.get(secrets + "?continue=" + fresh));
    assertThat(rest.path("items").size()).isEqualTo(3);
  }

  @Test
  void largeListsAreCompressedForThoseWhoAsk() throws Exception {
    server.namespace("large");
    String path = "/api/v1/namespaces/large/configmaps";
    server.post(path, configMap("big").replace("\"b\"", "\"" + "x".repeat(200_000) + "\""));
    var response =
        server.admin.send(
            server.request("GET", path, new byte[0], "Accept-Encoding", "gzip").build(),
            HttpResponse.BodyHandlers.ofByteArray());

    assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(server.get(path).body());
    }
    assertThat(server.get(path).headers().firstValue("content-encoding")).isEmpty();
  }

  @Test
  void documentsAreNotSentTwice() throws Exception {
    String aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    var first = server.get("/apis", "Accept", aggregated);
    String tag = first.headers().firstValue("etag").orElseThrow();

    assertThat(first.headers().firstValue("content-type").orElseThrow())
        .contains("g=apidiscovery.k8s.io", "v=v2", "as=APIGroupDiscoveryList");
    assertThat(server.get("/apis", "Accept", aggregated, "If-None-Match", tag).statusCode())
        .isEqualTo(304);
    assertThat(json(server.get("/apis")).path("kind").asString("")).isEqualTo("APIGroupList");
    assertThat(json(server.get("/openapi/v3")).path("paths").has("apis/apps/v1")).isTrue();
    assertThat(server.get("/openapi/v4").statusCode()).isEqualTo(404);
    assertThat(json(server.get("/")).path("paths").size()).isGreaterThan(5);
  }

  @ParameterizedTest
  @CsvSource({
    "application/com.github.proto-openapi.spec.v2@v1.0+protobuf, true",
    "application/com.github.proto-openapi.spec.v2.v1.0+protobuf, true",
    "'application/com.github.proto-openapi.spec.v2@v1.0+protobuf, application/json', true",
    "'application/json, application/com.github.proto-openapi.spec.v2.v1.0+protobuf', false",
    "*/*, false",
    "application/json, false"
  })
  void openApiOfVersion2ComesAsJsonOrProtobuf(String accept, boolean protobuf) throws Exception {
    var answer = server.get("/openapi/v2", "Accept", accept);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type"))
        .contains(
            protobuf
                ? "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"
                : "application/json");
    assertThat(answer.body().startsWith("{\"swagger\":\"2.0\"")).isEqualTo(!protobuf);
    var etag = answer.headers().firstValue("etag").orElseThrow();
    var again = server.get("/openapi/v2", "Accept", accept, "If-None-Match", etag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void openApiOfVersion2IsNotServedInOtherForms() throws Exception {
    assertThat(server.get("/openapi/v2", "Accept", "text/html").statusCode()).isEqualTo(406);
    assertThat(server.get("/").body()).contains("\"/openapi/v2\"");
    assertThat(server.get("/openapi/v2", "Accept-Encoding", "gzip").headers().firstValue("vary"))
        .isPresent();
  }

  @Test
  void deletingACollectionAnswersWithWhatWasDeleted() throws Exception {
    server.namespace("sweep");
    String path = "/api/v1/namespaces/sweep/configmaps";
    server.post(path, configMap("a"));
    server.post(path, configMap("b"));
    var deleted = server.send("DELETE", path + "?fieldSelector=metadata.name!%3Db", "");

    assertThat(json(deleted).path("items").size()).isEqualTo(1);
    assertThat(json(server.get(path)).path("items").size()).isEqualTo(1);
  }

  @Test
  void aScaleIsReadAndWritten() throws Exception {
    String path = "/apis/apps/v1/namespaces/default/deployments";
    server.post(
        path,
        """
        {"metadata":{"name":"web"},"spec":{"replicas":2,"selector":{"matchLabels":{"a":"b"}},
         "template":{"metadata":{"labels":{"a":"b"}},
           "spec":{"containers":[{"name":"c","image":"i"}]}}}}\
        """);
    var scale = json(server.get(path + "/web/scale"));
    assertThat(scale.path("kind").asString("")).isEqualTo("Scale");
    assertThat(scale.path("status").path("selector").asString("")).isEqualTo("a=b");

    var patched =
        server.send(
            "PATCH",
            path + "/web/scale",
            "{\"spec\":{\"replicas\":5}}",
            "Content-Type",
            "application/merge-patch+json");
    assertThat(json(patched).path("spec").path("replicas").asInt()).isEqualTo(5);
    assertThat(json(server.get(path + "/web")).path("spec").path("replicas").asInt()).isEqualTo(5);
  }

  @Test
  void longListsArriveWhole() throws Exception {
    var http1 = server.client(server.adminIdentity, HttpClient.Version.HTTP_1_1);
    try (http1) {
      server.namespace("many");
      String many = "/api/v1/namespaces/many/configmaps";
      for (int i = 0; i < 30; i++) {
        server.post(many, configMap("m" + i).replace("\"b\"", "\"" + "é".repeat(5_000) + "\""));
      }
      for (var client : java.util.List.of(server.admin, http1)) {
        for (String accept : java.util.List.of("application/json", "application/yaml", TABLE)) {
          for (String coding : java.util.List.of("identity", "gzip")) {
            var request =
                server.request(
                    "GET", many, new byte[0], "Accept", accept, "Accept-Encoding", coding);
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            byte[] body =
                coding.equals("gzip")
                    ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
                    : answer.body();
            String text = new String(body, StandardCharsets.UTF_8);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(text.split("m29", -1).length).as(accept + coding).isGreaterThan(1);
            assertThat(text)
                .as(accept + coding)
                .endsWith(accept.contains("json") ? "]}\n" : "\"\n");
          }
        }
      }
    }
  }

  @Test
  void tooManyRequestsAreToldToComeBack() throws Exception {
    var limits = ApiServerSettings.Limits.DEFAULT;
    var none =
        new ApiServerSettings.Limits(
            limits.bodyBytes(),
            limits.headerBytes(),
            400,
            0,
            limits.connections(),
            limits.unknown(),
            limits.unknownEach(),
            limits.waitingBytes(),
            limits.periods());
    try (var busy = new TestServer(AnswersTest::lines, none)) {
      var response = busy.post(MAPS, configMap("a"));

      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(response.headers().firstValue("retry-after")).contains("1");
      assertThat(busy.get(MAPS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aStopEndsStreamsCleanly() throws Exception {
    try (var stopping = new TestServer(AnswersTest::lines, ApiServerSettings.Limits.DEFAULT);
        var client = stopping.client(stopping.adminIdentity, HttpClient.Version.HTTP_1_1)) {
      var watch =
          client.send(
              stopping.request("GET", MAPS + "?watch=1", new byte[0]).build(),
              HttpResponse.BodyHandlers.ofLines());
      var stopped = stopping.server.stop();

      assertThat(watch.body().toList()).isEmpty();
      stopped.toCompletableFuture().join();
    }
  }

  /// One that was sent before the client had heard of the stop, and one that is being carried out.
  @Test
  void aStopAnswersWhatIsOnItsWay() throws Exception {
    try (var stopping = TestServer.start();
        var connection = new RawConnection(stopping, stopping.adminIdentity, "h2")) {
      connection.preface(65_535);
      connection.get(1, MAPS);
      connection.await(RawConnection.HEADERS);
      var stopped = stopping.server.stop();
      var first = connection.await(RawConnection.GO_AWAY);
      assertThatThrownBy(() -> new RawConnection(stopping, stopping.adminIdentity, "h2"))
          .as("whoever is told to go is not taken in again")
          .isInstanceOf(IOException.class);
      connection.get(3, MAPS);
      var rest = connection.untilClosed();

      assertThat(last(first)).isEqualTo(Integer.MAX_VALUE);
      assertThat(rest)
          .anyMatch(frame -> frame.type() == RawConnection.HEADERS && frame.stream() == 3);
      assertThat(rest.getLast().type()).isEqualTo(RawConnection.GO_AWAY);
      assertThat(last(rest.getLast())).isEqualTo(3);
      stopped.toCompletableFuture().join();
    }
  }

  /// Whoever watches begins again as soon as his watch ends; nobody waits for that one to end.
  @Test
  void aStopEndsAlsoTheStreamThatBeginsMeanwhile() throws Exception {
    try (var stopping = TestServer.start();
        var connection = new RawConnection(stopping, stopping.adminIdentity, "h2")) {
      connection.preface(65_535);
      connection.get(1, MAPS);
      connection.await(RawConnection.HEADERS);
      long since = System.nanoTime();
      var stopped = stopping.server.stop();
      connection.await(RawConnection.GO_AWAY);
      connection.get(3, MAPS + "?watch=1");

      assertThat(connection.untilClosed()).anyMatch(frame -> frame.stream() == 3);
      // Streams that do not end are given 5 s.
      stopped.toCompletableFuture().orTimeout(4, TimeUnit.SECONDS).join();
      assertThat(since).isGreaterThan(System.nanoTime() - TimeUnit.SECONDS.toNanos(4));
    }
  }

  /// The last stream that is taken.
  private static int last(RawConnection.Frame goAway) {
    return ByteBuffer.wrap(goAway.payload()).getInt();
  }
}
