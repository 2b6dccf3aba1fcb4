package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.configMap;
import static dev.troupe.apiserver.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrudTest {

  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
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
  void anObjectLivesOverBothProtocols(HttpClient.Version version) throws Exception {
    String name = "life-" + version.name().replace("_", "").toLowerCase(java.util.Locale.ROOT);
    String path = CONFIG_MAPS + "/" + name;
    try (var client = server.client(server.adminIdentity, version)) {
      var created = send(client, "POST", CONFIG_MAPS, configMap(name));
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
      assertThat(created.version()).isEqualTo(version);
      assertThat(created.headers().firstValue("content-type")).contains("application/json");
      assertThat(json(created).path("metadata").path("uid").asString("")).isNotEmpty();

      var read = send(client, "GET", path, "");
      assertThat(read.statusCode()).isEqualTo(200);
      assertThat(read.body()).isEqualTo(created.body());

      var patched =
          client.send(
              server
                  .request(
                      "PATCH",
                      path,
                      "{\"data\":{\"c\":\"d\"}}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                      "Content-Type",
                      "application/merge-patch+json")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
      assertThat(json(patched).path("data").path("c").asString("")).isEqualTo("d");

      var updated = send(client, "PUT", path, patched.body().replace("\"d\"", "\"e\""));
      assertThat(updated.statusCode()).as(updated.body()).isEqualTo(200);
      assertThat(json(updated).path("data").path("c").asString("")).isEqualTo("e");

      var deleted = send(client, "DELETE", path, "");
      assertThat(deleted.statusCode()).isEqualTo(200);
      assertThat(json(deleted).path("status").asString("")).isEqualTo("Success");
      assertThat(send(client, "GET", path, "").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void generatedNamesAreUnique() throws Exception {
    String body =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"generateName\":\"gen-\"}}";
    var first = json(server.post(CONFIG_MAPS, body));
    var second = json(server.post(CONFIG_MAPS, body));

    assertThat(first.path("metadata").path("name").asString("")).matches("gen-[a-z0-9]{5}");
    assertThat(second.path("metadata").path("name"))
        .isNotEqualTo(first.path("metadata").path("name"));
  }

  @Test
  void listsComeInPagesOfOneState() throws Exception {
    server.namespace("pages");
    String path = "/api/v1/namespaces/pages/configmaps";
    for (int i = 0; i < 5; i++) {
      server.post(path, configMap("page-" + i));
    }
    var first = json(server.get(path + "?limit=2"));
    server.post(path, configMap("page-3x"));
    String token = first.path("metadata").path("continue").asString("");
    var second = json(server.get(path + "?limit=4&continue=" + token));

    assertThat(first.path("items").size()).isEqualTo(2);
    assertThat(first.path("kind").asString("")).isEqualTo("ConfigMapList");
    assertThat(first.path("metadata").path("remainingItemCount").asInt()).isEqualTo(3);
    assertThat(second.path("items").size()).isEqualTo(3);
    assertThat(second.path("metadata").has("continue")).isFalse();
    assertThat(second.path("metadata").path("resourceVersion"))
        .isEqualTo(first.path("metadata").path("resourceVersion"));
    assertThat(
            json(server.get(path + "?resourceVersion=0&limit=2&continue=" + token)).path("items"))
        .as("only a list of whatever there is has no pages")
        .hasSize(2);
  }

  private static HttpResponse<String> send(
      HttpClient client, String method, String path, String body) throws Exception {
    return client.send(
        server
            .request(
                method,
                path,
                body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "Content-Type",
                "application/json")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
