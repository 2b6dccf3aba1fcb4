package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.configMap;
import static dev.troupe.apiserver.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/// Server-side apply over HTTP: what is sent, what is answered, and what it does with objects that
/// others complete.
@Timeout(60)
class ApplyTest {

  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> apply(String path, String body) throws Exception {
    return server.send("PATCH", path, body, "Content-Type", "application/apply-patch+yaml");
  }

  private static String map(String name, String data) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: " + data + "\n";
  }

  private static String managers(ObjectNode object) {
    return String.join(",", object.at("/metadata/managedFields").findValuesAsString("manager"));
  }

  @Test
  void anObjectIsCreatedByYamlAndChangedByJson() throws Exception {
    var created = apply(MAPS + "/yaml?fieldManager=me", map("yaml", "{a: '1'}"));
    assertThat(created.statusCode()).isEqualTo(201);
    var version = json(created).at("/metadata/resourceVersion");

    var same = apply(MAPS + "/yaml?fieldManager=me", map("yaml", "{a: '1'}"));
    assertThat(same.statusCode()).isEqualTo(200);
    assertThat(json(same).at("/metadata/resourceVersion")).isEqualTo(version);

    var changed =
        apply(
            MAPS + "/yaml?fieldManager=me",
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"data\":{\"b\":\"2\"}}");
    assertThat(json(changed).path("data").toString()).isEqualTo("{\"b\":\"2\"}");
    assertThat(managers(json(changed))).isEqualTo("me");
  }

  @Test
  void whatIsAppliedAgainIsKnownUntilTheObjectIsAnother() throws Exception {
    var path = MAPS + "/again?fieldManager=me";
    var body = map("again", "{a: '1', a: '1'}");
    var created = json(apply(path, body));
    for (int i = 0; i < 3; i++) {
      var same = apply(path, body);
      assertThat(same.statusCode()).isEqualTo(200);
      assertThat(json(same)).isEqualTo(created);
      assertThat(same.headers().firstValue("Warning").orElse("")).contains("data.a");
    }
    server.send(
        "PATCH",
        MAPS + "/again",
        "{\"data\":{\"a\":\"2\"}}",
        "Content-Type",
        "application/merge-patch+json");
    assertThat(apply(path, body).statusCode()).isEqualTo(409);
    assertThat(json(apply(path + "&force=true", body)).at("/data/a").asString()).isEqualTo("1");
    server.send("DELETE", MAPS + "/again", "");
    assertThat(apply(path, body).statusCode()).isEqualTo(201);
  }

  @Test
  void whatAnotherOwnsIsTakenOnlyByForce() throws Exception {
    server.post(MAPS + "?fieldManager=first", configMap("forced"));
    var other =
        map("forced", "{a: other}")
            .replace(
                "a:",
                json(server.get(MAPS + "/forced")).path("data").propertyNames().iterator().next()
                    + ":");

    var refused = apply(MAPS + "/forced?fieldManager=second", other);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).path("reason").asString()).isEqualTo("Conflict");
    assertThat(json(refused).path("message").asString())
        .startsWith("Apply failed with 1 conflict: conflict with \"first\" using v1: .data.");
    assertThat(json(refused).at("/details/causes/0/reason").asString())
        .isEqualTo("FieldManagerConflict");

    var taken = apply(MAPS + "/forced?fieldManager=second&force=true", other);
    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(managers(json(taken))).startsWith("second");
  }

  @Test
  void whoAppliesMustSayWhoTheyAre() throws Exception {
    var answer = apply(MAPS + "/nameless", map("nameless", "{}"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).path("message").asString())
        .isEqualTo(
            "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required"
                + " for apply patch");
  }

  @Test
  void aTrialCreatesNothing() throws Exception {
    assertThat(apply(MAPS + "/dry?fieldManager=me&dryRun=All", map("dry", "{}")).statusCode())
        .isEqualTo(201);
    assertThat(server.get(MAPS + "/dry").statusCode()).isEqualTo(404);
  }

  @Test
  void duplicatesAreRefusedStrictlyAndToldOtherwise() throws Exception {
    var twice = map("twice", "{a: '1', a: '2'}");

    var strict = apply(MAPS + "/twice?fieldManager=me&fieldValidation=Strict", twice);
    assertThat(strict.statusCode()).isEqualTo(400);
    assertThat(json(strict).path("message").asString())
        .isEqualTo("error strict decoding YAML: duplicate field \"data.a\"");
    var warned = apply(MAPS + "/twice?fieldManager=me", twice);
    assertThat(warned.statusCode()).isEqualTo(201);
    assertThat(warned.headers().allValues("warning"))
        .containsExactly("299 - \"duplicate field \\\"data.a\\\"\"");
  }

  @Test
  void whatIsNoObjectIsABadRequest() throws Exception {
    for (var body : new String[] {"[]", "a", "a: [", ""}) {
      assertThat(apply(MAPS + "/bad?fieldManager=me", body).statusCode()).as(body).isEqualTo(400);
    }
  }

  @Test
  void aServiceIsAppliedWithAddressesThatAreNotTheAppliers() throws Exception {
    String service = "/api/v1/namespaces/default/services/applied?fieldManager=me";
    String body =
        """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"applied"},
        "spec":{"ports":[{"port":80}]}}
        """;
    var created = json(apply(service, body));

    assertThat(created.at("/spec/clusterIP").asString()).isNotEmpty();
    assertThat(created.at("/metadata/managedFields")).hasSize(1);
    assertThat(created.at("/metadata/managedFields/0/operation").asString()).isEqualTo("Apply");
    assertThat(created.at("/metadata/managedFields/0/fieldsV1").toString())
        .isEqualTo(
            "{\"f:spec\":{\"f:ports\":{\"k:{\\\"port\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":{\".\":{},\"f:port\":{}}}}}");
    assertThat(json(apply(service, body)).at("/metadata/resourceVersion"))
        .isEqualTo(created.at("/metadata/resourceVersion"));
  }

  @Test
  void aPodIsAppliedWithAnAccountThatIsNotTheAppliers() throws Exception {
    String pod = "/api/v1/namespaces/default/pods/applied?fieldManager=me";
    String body =
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"applied"},
        "spec":{"containers":[{"name":"c","image":"i"}]}}
        """;
    var answer = apply(pod, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(json(answer).at("/spec/serviceAccountName").asString()).isEqualTo("default");
    assertThat(json(answer).at("/metadata/managedFields/0/fieldsV1").toString())
        .doesNotContain("serviceAccountName", "priority", "tolerations");
    assertThat(apply(pod, body).statusCode()).isEqualTo(200);
  }

  @Test
  void whoeverSendsNoNameOwnsUnderThatOfItsProgram() throws Exception {
    server.send(
        "POST",
        MAPS,
        configMap("agent"),
        "Content-Type",
        "application/json",
        "User-Agent",
        "tool/1.2");

    assertThat(managers(json(server.get(MAPS + "/agent")))).isEqualTo("tool");
  }
}
