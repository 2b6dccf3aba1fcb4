package dev.troupe.apiserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NodePortTest {

  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final TypeRef CLAIMS = new TypeRef("internal.troupe.dev", "nodeports");

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void allNumbersComeBack() throws Exception {
    server.send("DELETE", SERVICES, "");
    assertThat(claims()).isEmpty();
  }

  @Test
  void aNodePortIsFoundKeptAndGivenBack() throws Exception {
    var created = create("web", "'type':'NodePort','ports':[{'name':'a','port':80}]", 201);
    int number = nodePort(created, 0);
    assertThat(number).isBetween(30_000, 32_767);
    assertThat(claims()).containsExactly(Integer.toString(number));

    var again = merge("web", "'ports':[{'port':80},{'port':81,'name':'b'}]", 422);
    assertThat(again.path("message").asString()).contains("spec.ports[0].name: Required value");
    assertThat(claims()).containsExactly(Integer.toString(number));

    var grown = merge("web", "'ports':[{'port':80,'name':'a'},{'port':81,'name':'b'}]", 200);
    assertThat(nodePort(grown, 0)).isEqualTo(number);
    assertThat(claims())
        .containsExactlyInAnyOrder(Integer.toString(number), Integer.toString(nodePort(grown, 1)));

    var shrunk = merge("web", "'ports':[{'port':81,'name':'b'}]", 200);
    assertThat(claims()).containsExactly(Integer.toString(nodePort(shrunk, 0)));

    var inside = merge("web", "'type':'ClusterIP'", 200);
    assertThat(inside.path("spec").path("ports").path(0).has("nodePort")).isFalse();
    assertThat(claims()).isEmpty();

    var outside = merge("web", "'type':'NodePort'", 200);
    assertThat(claims()).containsExactly(Integer.toString(nodePort(outside, 0)));
    assertThat(outside.path("spec").path("clusterIP"))
        .isEqualTo(created.path("spec").path("clusterIP"));
  }

  @Test
  void aNumberBelongsToOneService() throws Exception {
    create("web", "'type':'NodePort','ports':[{'port':80,'nodePort':30080}]", 201);

    var refused =
        create(
            "other",
            """
            'type':'NodePort','ports':[{'name':'a','port':80},
             {'name':'b','port':81,'protocol':'UDP','nodePort':30080}]\
            """,
            422);
    assertThat(refused.path("message").asString())
        .isEqualTo(
            "Service \"other\" is invalid: spec.ports[1].nodePort: Invalid value: 30080: provided"
                + " port is already allocated");
    assertThat(claims()).containsExactly("30080");

    assertThat(
            create("other", "'type':'NodePort','ports':[{'port':80,'nodePort':80}]", 422)
                .path("message")
                .asString())
        .isEqualTo(
            "Service \"other\" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port"
                + " is not in the valid range. The range of valid ports is 30000-32767");
    create("web", "'type':'NodePort','ports':[{'port':80}]", 409);
    assertThat(claims()).containsExactly("30080");

    server.send("DELETE", SERVICES + "/web", "");
    create("other", "'type':'NodePort','ports':[{'port':80,'nodePort':30080}]", 201);
  }

  @Test
  void protocolsShareANumber() throws Exception {
    var dns =
        create(
            "dns",
            """
            'type':'NodePort','ports':[{'name':'tcp','port':53},
             {'name':'udp','port':53,'protocol':'UDP'}]\
            """,
            201);

    assertThat(nodePort(dns, 0)).isEqualTo(nodePort(dns, 1));
    assertThat(claims()).hasSize(1);
  }

  @Test
  void aLoadBalancerHasAHealthCheckOnlyIfItIsLocal() throws Exception {
    var local =
        create(
            "lb",
            "'type':'LoadBalancer','externalTrafficPolicy':'Local','ports':[{'port':80}]",
            201);
    int check = local.path("spec").path("healthCheckNodePort").asInt();
    assertThat(claims())
        .containsExactlyInAnyOrder(Integer.toString(check), Integer.toString(nodePort(local, 0)));

    var replaced = merge("lb", "'healthCheckNodePort':null,'sessionAffinity':'ClientIP'", 200);
    assertThat(replaced.path("spec").path("healthCheckNodePort").asInt()).isEqualTo(check);
    var wide = merge("lb", "'externalTrafficPolicy':'Cluster'", 200);
    assertThat(wide.path("spec").has("healthCheckNodePort")).isFalse();
    assertThat(claims()).containsExactly(Integer.toString(nodePort(local, 0)));

    create(
        "no",
        "'type':'LoadBalancer','allocateLoadBalancerNodePorts':false,'ports':[{'port':80}]",
        201);
    assertThat(claims()).hasSize(1);
    create("bad", "'type':'NodePort','healthCheckNodePort':30001,'ports':[{'port':80}]", 422);
    create("bad", "'type':'NodePort','ports':'none'", 400);
    create("bad", "'type':'NodePort','ports':[null]", 422);
    assertThat(claims()).hasSize(1);
  }

  @Test
  void aDryRunClaimsNothing() throws Exception {
    var answer =
        server.post(
            SERVICES + "?dryRun=All",
            service("web", "'type':'NodePort','ports':[{'port':80,'nodePort':30080}]"));

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(claims()).isEmpty();
  }

  @Test
  void nobodySeesTheClaims() throws Exception {
    create("web", "'type':'NodePort','ports':[{'port':80}]", 201);

    for (var path :
        List.of(
            "/apis/internal.troupe.dev",
            "/apis/internal.troupe.dev/v1",
            "/apis/internal.troupe.dev/v1/nodeports",
            "/apis/internal.troupe.dev/v1/nodeports/30080",
            "/openapi/v3/apis/internal.troupe.dev/v1")) {
      assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
    }
    for (var path : List.of("/", "/apis", "/openapi/v3", "/openapi/v3/api/v1")) {
      assertThat(server.get(path).body()).as(path).doesNotContain("internal.troupe");
    }
  }

  private static JsonNode create(String name, String spec, int code) throws Exception {
    return answer(server.post(SERVICES, service(name, spec)), code);
  }

  private static JsonNode merge(String name, String spec, int code) throws Exception {
    return answer(
        server.send(
            "PATCH",
            SERVICES + "/" + name,
            ("{'spec':{" + spec + "}}").replace('\'', '"'),
            "Content-Type",
            "application/merge-patch+json"),
        code);
  }

  private static JsonNode answer(HttpResponse<String> response, int code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(code);
    return TestServer.json(response);
  }

  private static String service(String name, String spec) {
    return "{'apiVersion':'v1','kind':'Service','metadata':{'name':'%s'},'spec':{%s}}"
        .formatted(name, spec)
        .replace('\'', '"');
  }

  private static int nodePort(JsonNode service, int index) {
    return service.path("spec").path("ports").path(index).path("nodePort").asInt();
  }

  private static List<String> claims() throws Exception {
    var names = new ArrayList<String>();
    server
        .resources
        .snapshot(CLAIMS, null)
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS)
        .iterate(null, null)
        .forEachRemaining(claim -> names.add(claim.key().name()));
    return names;
  }
}
