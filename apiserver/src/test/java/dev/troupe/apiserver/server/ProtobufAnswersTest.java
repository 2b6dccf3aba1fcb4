package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Autoscaling;
import java.io.DataInputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What programs in Go ask for: the same objects as protobuf, read here by the messages of the
/// official Java client.
@Timeout(60)
class ProtobufAnswersTest {

  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String METADATA = PROTOBUF + ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    server.post(MAPS, configMap("there"));
    server.post(
        DEPLOYMENTS,
        """
        {"metadata": {"name": "web"},
         "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "web"}},
                  "template": {"metadata": {"labels": {"app": "web"}},
                               "spec": {"containers": [{"name": "c", "image": "i"}]}}}}
        """);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void objectIsReadAndWritten() throws Exception {
    var read = ask("GET", DEPLOYMENTS + "/web", "", PROTOBUF);

    assertThat(type(read)).isEqualTo(PROTOBUF);
    var deployment = V1Apps.Deployment.parseFrom(opened(read.body(), "apps/v1", "Deployment"));
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(3);
    assertThat(deployment.getMetadata().getUid()).isNotEmpty();
    var created = ask("POST", MAPS, configMap("made"), PROTOBUF);
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(V1.ConfigMap.parseFrom(opened(created.body(), "v1", "ConfigMap")).getMetadata())
        .satisfies(made -> assertThat(made.getName()).isEqualTo("made"));
    var deleted = ask("DELETE", MAPS + "/made", "", PROTOBUF);
    assertThat(Meta.Status.parseFrom(opened(deleted.body(), "v1", "Status")).getStatus())
        .isEqualTo("Success");
  }

  @Test
  void subresourceOfAnotherFormIsThatForm() throws Exception {
    var read = ask("GET", DEPLOYMENTS + "/web/scale", "", PROTOBUF);

    var scale = V1Autoscaling.Scale.parseFrom(opened(read.body(), "autoscaling/v1", "Scale"));
    assertThat(scale.getSpec().getReplicas()).isEqualTo(3);
  }

  @Test
  void refusalIsAStatusInTheSameFormat() throws Exception {
    var missing = ask("GET", MAPS + "/missing", "", PROTOBUF);

    assertThat(missing.statusCode()).isEqualTo(404);
    var status = Meta.Status.parseFrom(opened(missing.body(), "v1", "Status"));
    assertThat(status.getReason()).isEqualTo("NotFound");
    assertThat(status.getMessage()).isEqualTo("configmaps \"missing\" not found");
  }

  @Test
  void listAndItsMetadata() throws Exception {
    var list = ask("GET", "/api/v1/namespaces?limit=1", "", PROTOBUF);
    var namespaces = V1.NamespaceList.parseFrom(opened(list.body(), "v1", "NamespaceList"));
    var partial = ask("GET", MAPS, "", METADATA.replace("Metadata", "MetadataList"));
    var metadata =
        Meta.PartialObjectMetadataList.parseFrom(
            opened(partial.body(), "meta.k8s.io/v1", "PartialObjectMetadataList"));

    assertThat(namespaces.getItemsList()).hasSize(1);
    assertThat(namespaces.getMetadata().getContinue()).isNotEmpty();
    assertThat(namespaces.getMetadata().getRemainingItemCount()).isPositive();
    assertThat(metadata.getItemsList())
        .extracting(item -> item.getMetadata().getName())
        .contains("there");
    assertThat(Long.parseLong(metadata.getMetadata().getResourceVersion())).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "application/vnd.kubernetes.protobuf, 406",
    "'application/vnd.kubernetes.protobuf,application/json', 200"
  })
  void listThatIsVeryLongIsText(String accept, int code) throws Exception {
    server.namespace("long-" + code);
    String path = "/api/v1/namespaces/long-" + code + "/configmaps";
    for (int i = 0; i < 17; i++) {
      String value = "x".repeat(1_000_000);
      server.post(
          path, "{\"metadata\":{\"name\":\"a%d\"},\"data\":{\"v\":\"%s\"}}".formatted(i, value));
    }

    var answer = ask("GET", path, "", accept);

    assertThat(answer.statusCode()).isEqualTo(code);
    if (code == 200) {
      assertThat(type(answer)).isEqualTo("application/json");
      assertThat(answer.body()).hasSizeGreaterThan(17_000_000);
    } else {
      var status = Meta.Status.parseFrom(opened(answer.body(), "v1", "Status"));
      assertThat(status.getMessage()).contains("ask for pages by limit");
      var page = ask("GET", path + "?limit=5", "", accept);
      var maps = V1.ConfigMapList.parseFrom(opened(page.body(), "v1", "ConfigMapList"));
      assertThat(maps.getItemsList()).hasSize(5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1, /api/v1/pods",
    "application/vnd.kubernetes.protobuf, /version",
    "application/vnd.kubernetes.protobuf, /api/v1"
  })
  void whatHasNoMessageIsNotAcceptable(String accept, String path) throws Exception {
    assertThat(ask("GET", path, "", accept).statusCode()).isEqualTo(406);
  }

  @Test
  void eventsOfAWatchAreFrames() throws Exception {
    server.namespace("watched");
    String path = "/api/v1/namespaces/watched/configmaps";
    server.post(path, configMap("a"));
    var query =
        "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
            + "&allowWatchBookmarks=true&timeoutSeconds=30";
    var watch =
        server.admin.send(
            server.request("GET", path + query, new byte[0], "Accept", PROTOBUF).build(),
            BodyHandlers.ofInputStream());

    try (var body = new DataInputStream(watch.body())) {
      assertThat(watch.headers().firstValue("content-type")).contains(PROTOBUF + ";stream=watch");
      assertThat(next(body)).isEqualTo("ADDED a");
      var end = event(body);
      assertThat(end.getType()).isEqualTo("BOOKMARK");
      assertThat(map(end).getMetadata().getAnnotationsMap())
          .containsEntry("k8s.io/initial-events-end", "true");
      server.post(path, configMap("b"));
      server.send("DELETE", path + "/a", "");
      assertThat(next(body)).isEqualTo("ADDED b");
      assertThat(next(body)).isEqualTo("DELETED a");
    }
  }

  @Test
  void watchThatCannotBeginSaysSoInItsOwnFormat() throws Exception {
    var watch =
        server.admin.send(
            server
                .request(
                    "GET",
                    MAPS + "?watch=1&resourceVersion=1&timeoutSeconds=30",
                    new byte[0],
                    "Accept",
                    METADATA)
                .build(),
            BodyHandlers.ofInputStream());

    try (var body = new DataInputStream(watch.body())) {
      var event = event(body);
      assertThat(event.getType()).isEqualTo("ERROR");
      var raw = event.getObject().getRaw().toByteArray();
      assertThat(Meta.Status.parseFrom(opened(raw, "v1", "Status")).getCode()).isEqualTo(410);
    }
  }

  private static HttpResponse<byte[]> ask(String method, String path, String body, String accept)
      throws Exception {
    var request =
        server.request(method, path, body.getBytes(StandardCharsets.UTF_8), "Accept", accept);
    return server.admin.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String type(HttpResponse<?> response) {
    return response.headers().firstValue("content-type").orElse("");
  }

  private static String next(DataInputStream in) throws Exception {
    var event = event(in);
    return event.getType() + " " + map(event).getMetadata().getName();
  }

  private static V1.ConfigMap map(Meta.WatchEvent event) throws Exception {
    return V1.ConfigMap.parseFrom(
        opened(event.getObject().getRaw().toByteArray(), "v1", "ConfigMap"));
  }

  private static Meta.WatchEvent event(DataInputStream in) throws Exception {
    byte[] frame = new byte[in.readInt()];
    in.readFully(frame);
    return Meta.WatchEvent.parseFrom(frame);
  }

  private static byte[] opened(byte[] envelope, String apiVersion, String kind) throws Exception {
    assertThat(envelope).startsWith('k', '8', 's', 0);
    var unknown = Unknown.parseFrom(Arrays.copyOfRange(envelope, 4, envelope.length));
    assertThat(unknown.getTypeMeta().getApiVersion()).isEqualTo(apiVersion);
    assertThat(unknown.getTypeMeta().getKind()).isEqualTo(kind);
    return unknown.getRaw().toByteArray();
  }
}
