package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.JSON;
import static dev.troupe.apiserver.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.definition.DefinedType;
import dev.troupe.resources.registry.ResourceRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/// Objects that were written before their definition became another, and versions that have not the
/// same parts, as clients see them.
@Timeout(60)
class RedefinedTypeTest {

  private static final String THINGS = "/apis/example.com/v1/namespaces/default/things";
  private static final String NEW = "/apis/example.com/v2/namespaces/default/things";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    var registry = ResourceRegistry.standard();
    server = TestServer.start(registry);
    define(registry, 1, "{'a':{'type':'string'},'gone':{'type':'string'}}");
    for (var name : List.of("first", "second")) {
      server.post(
          THINGS,
          "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":\""
              + name
              + "\"},\"spec\":{\"gone\":\"x\"}}");
    }
    define(registry, 2, "{'a':{'type':'string','default':'late'}}");
  }

  private static void define(ResourceRegistry registry, int generation, String properties) {
    var definition =
        """
        {'metadata':{'generation':%d},'spec':{'group':'example.com','scope':'Namespaced',
         'names':{'plural':'things','singular':'thing','kind':'Thing'},'versions':[
          {'name':'v1','served':true,'storage':true,'deprecated':true,'subresources':{'status':{},
            'scale':{'specReplicasPath':'.spec.n','statusReplicasPath':'.status.n'}},
           'selectableFields':[{'jsonPath':'.spec.a'}],
           'additionalPrinterColumns':[{'name':'A','type':'string','jsonPath':'.spec.a'}],
           'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object',
            'properties':%s}}}}},
          {'name':'v2','served':true,'storage':false,
           'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object',
            'properties':{'b':{'type':'string'}}}}}}}]}}
        """
            .formatted(generation, properties)
            .replace('\'', '"');
    registry.define(List.of(DefinedType.of((ObjectNode) JSON.readTree(definition))));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    var response = server.get(path, headers);
    assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(200);
    return response;
  }

  @Test
  void aLaterDefaultIsSeenAndWhatTheSchemaHasLostIsNot() throws Exception {
    var spec = JSON.readTree("{\"a\":\"late\"}");

    assertThat(json(get(THINGS + "/first")).path("spec")).isEqualTo(spec);
    assertThat(json(get(THINGS)).at("/items/1/spec")).isEqualTo(spec);
    assertThat(json(get(THINGS, "Accept", TABLE)).at("/rows/0/cells/1").asString())
        .isEqualTo("late");
    var watch = get(THINGS + "?watch=1&timeoutSeconds=1").body().lines().toList();
    assertThat(watch).hasSize(2);
    assertThat(JSON.readTree(watch.getFirst()).at("/object/spec")).isEqualTo(spec);
    assertThat(json(get(NEW + "/first")).path("spec")).isEmpty();
  }

  @Test
  void versionsHaveTheirOwnPartsInPathsAndDiscovery() throws Exception {
    assertThat(server.get(THINGS + "/first/status").statusCode()).isEqualTo(200);
    assertThat(server.get(NEW + "/first/status").statusCode()).isEqualTo(404);
    assertThat(json(get("/apis/example.com/v1")).path("resources").findValuesAsString("name"))
        .containsExactly("things", "things/status", "things/scale");
    assertThat(json(get("/apis/example.com/v2")).path("resources").findValuesAsString("name"))
        .containsExactly("things");
    assertThat(json(get(NEW, "Accept", TABLE)).at("/columnDefinitions").findValuesAsString("name"))
        .containsExactly("Name", "Age");
    assertThat(get("/openapi/v3/apis/example.com/v2").body()).doesNotContain("/status");
  }

  @Test
  void whoeverUsesAVersionOnItsWayOutIsToldWhateverHeDoes() throws Exception {
    var words = "299 - \"example.com/v1 Thing is deprecated; use example.com/v2 Thing\"";
    var patch = "{\"metadata\":{\"labels\":{\"l\":\"1\"}}}";
    var merge = "application/merge-patch+json";

    for (var response :
        List.of(
            get(THINGS + "/first"),
            get(THINGS),
            get(THINGS + "?watch=1&timeoutSeconds=1"),
            get(THINGS + "/first/status"),
            server.send("PATCH", THINGS + "/second", patch, "Content-Type", merge))) {
      assertThat(response.headers().allValues("Warning"))
          .as("%s", response.uri())
          .containsExactly(words);
    }
    assertThat(get(NEW + "/first").headers().allValues("Warning")).isEmpty();
  }

  @Test
  void whatDefinedTypesDoNotHaveIsRefusedAsKubernetesDoes() throws Exception {
    var everywhere = "/apis/example.com/v1/things";
    assertThat(server.post(everywhere, "{}").statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", everywhere, "").statusCode()).isEqualTo(404);
    for (var part : List.of("", "/status", "/scale")) {
      var response =
          server.send(
              "PATCH",
              THINGS + "/second" + part,
              "{\"spec\":{}}",
              "Content-Type",
              "application/strategic-merge-patch+json");
      assertThat(response.statusCode()).as(part).isEqualTo(415);
    }
    var other = server.post(THINGS, "{\"kind\":\"Other\",\"metadata\":{\"name\":\"o\"}}");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(json(other).path("message").asString())
        .isEqualTo(
            "Other.example.com \"o\" is invalid: kind: Invalid value: \"Other\": must be Thing");
  }

  @Test
  void documentsSayByWhatObjectsCanBeSelected() throws Exception {
    var schemas = json(get("/openapi/v3/apis/example.com/v1")).at("/components/schemas");

    assertThat(schemas.path("com.example.v1.Thing").path("x-kubernetes-selectable-fields"))
        .isEqualTo(JSON.readTree("[{\"fieldPath\":\"spec.a\"}]"));
  }
}
