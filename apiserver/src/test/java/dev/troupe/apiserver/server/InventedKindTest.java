package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.registry.ResourceType.Lifecycle;
import dev.troupe.resources.registry.ResourceType.Names;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.resources.subresource.Verb;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// One row and one class make a kind, and all that clients can ask is answered.
@Timeout(60)
class InventedKindTest {

  private static final ResourceType ROW =
      new ResourceType(
          new TypeRef("kitchen.example.dev", "refrigerators"),
          new Names("refrigerators", "refrigerator", "Refrigerator", List.of("fridge"), List.of()),
          true,
          true,
          List.of(new Served("kitchen.example.dev", "v1", RefrigeratorKind.SCHEMA)),
          EnumSet.allOf(Verb.class),
          new LinkedHashSet<>(List.of(Subresources.STATUS, Subresources.SCALE)),
          Map.of("spec.owner", "spec.owner"),
          new Lifecycle(true, false, true),
          new RefrigeratorKind());

  private static final String GROUP = "/apis/kitchen.example.dev/v1";
  private static final String MERGE = "application/merge-patch+json";
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(ResourceRegistry.standard().with(ROW));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// A namespace for one test.
  private static String space(String name) throws Exception {
    server.namespace(name);
    return GROUP + "/namespaces/" + name + "/refrigerators";
  }

  private static HttpResponse<String> create(String path, String name, String spec)
      throws Exception {
    return server.post(
        path,
        """
        {"apiVersion":"kitchen.example.dev/v1","kind":"Refrigerator","metadata":{"name":"%s"},
         "spec":%s,"status":{"door":"open"}}\
        """
            .formatted(name, spec));
  }

  private static JsonNode patch(String path, String patch) throws Exception {
    return json(server.send("PATCH", path, patch, "Content-Type", MERGE));
  }

  @Test
  void itIsCreatedWithItsDefaultsAndWithoutAStatus() throws Exception {
    var created = create(space("create"), "smeg", "{}");

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(json(created).at("/spec/celsius").asInt()).isEqualTo(7);
    assertThat(json(created).at("/status/door").isMissingNode()).isTrue();
    assertThat(json(created).at("/metadata/generation").asInt()).isEqualTo(1);
  }

  @Test
  void itsRulesHold() throws Exception {
    var path = space("rules");

    assertThat(json(create(path, "smeg", "{\"celsius\":30}")).path("message").asString())
        .isEqualTo(
            "Refrigerator.kitchen.example.dev \"smeg\" is invalid: spec.celsius: Invalid value: 30:"
                + " the milk would turn sour");
    assertThat(json(create(path, "1st", "{}")).path("message").asString())
        .contains("a DNS-1035 label must consist of");
    assertThat(create(path + "?fieldValidation=Strict", "smeg", "{\"milk\":1}").body())
        .contains("unknown field \\\"spec.milk\\\"");
  }

  @Test
  void itIsReadListedSelectedAndPrinted() throws Exception {
    var path = space("read");
    create(path, "bosch", "{\"owner\":\"ann\"}");
    create(path, "smeg", "{\"owner\":\"bob\",\"celsius\":4}");

    assertThat(json(server.get(path + "/smeg")).at("/spec/owner").asString()).isEqualTo("bob");
    assertThat(json(server.get(path)).path("kind").asString()).isEqualTo("RefrigeratorList");
    assertThat(json(server.get(path + "?fieldSelector=spec.owner%3Dbob")).path("items"))
        .singleElement()
        .satisfies(item -> assertThat(item.at("/metadata/name").asString()).isEqualTo("smeg"));
    var table = json(server.get(path, "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"));
    assertThat(table.path("columnDefinitions").findValuesAsString("name"))
        .containsExactly("Name", "Wanted", "Door", "Age");
    assertThat(table.at("/rows/1/cells/1").asInt()).isEqualTo(4);
  }

  @Test
  void itsSpecItsStatusAndItsScaleAreWrittenApart() throws Exception {
    var path = space("write");
    create(path, "smeg", "{}");

    var opened =
        patch(path + "/smeg/status", "{\"status\":{\"door\":\"open\"},\"spec\":{\"celsius\":1}}");
    assertThat(opened.at("/status/door").asString()).isEqualTo("open");
    assertThat(opened.at("/spec/celsius").asInt()).isEqualTo(7);
    var cooled = patch(path + "/smeg", "{\"spec\":{\"celsius\":2},\"status\":{\"door\":\"shut\"}}");
    assertThat(cooled.at("/status/door").asString()).isEqualTo("open");
    assertThat(cooled.at("/metadata/generation").asInt()).isEqualTo(2);
    var scaled = patch(path + "/smeg/scale", "{\"spec\":{\"replicas\":3}}");
    assertThat(scaled.path("kind").asString()).isEqualTo("Scale");
    assertThat(json(server.get(path + "/smeg")).at("/spec/replicas").asInt()).isEqualTo(3);
  }

  @Test
  void itIsDeletedUnlessItStaysForEver() throws Exception {
    var path = space("delete");
    create(path, "smeg", "{}");
    create(path, "in-the-lab", "{}");

    assertThat(json(server.send("DELETE", path + "/smeg", "")).path("status").asString())
        .isEqualTo("Success");
    assertThat(server.get(path + "/smeg").statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", path + "/in-the-lab", "").statusCode()).isEqualTo(403);
  }

  @Test
  void itIsWatched() throws Exception {
    var path = space("watch");
    create(path, "smeg", "{}");
    patch(path + "/smeg", "{\"spec\":{\"celsius\":2}}");
    server.send("DELETE", path + "/smeg", "");

    var events = server.get(path + "?watch=true&resourceVersion=1000&timeoutSeconds=1").body();
    assertThat(events.lines().map(line -> line.substring(0, line.indexOf(','))))
        .containsExactly("{\"type\":\"ADDED\"", "{\"type\":\"MODIFIED\"", "{\"type\":\"DELETED\"");
  }

  @Test
  void itIsDiscovered() throws Exception {
    assertThat(server.get("/apis").body()).contains("kitchen.example.dev/v1");
    assertThat(json(server.get(GROUP)).path("resources").findValuesAsString("name"))
        .containsExactly("refrigerators", "refrigerators/scale", "refrigerators/status");
    var document = json(server.get("/openapi/v3" + GROUP));
    assertThat(document.path("paths").propertyNames())
        .contains(GROUP + "/namespaces/{namespace}/refrigerators/{name}/scale");
    assertThat(
            document
                .at("/components/schemas")
                .path(RefrigeratorKind.SCHEMA + "Spec")
                .path("properties")
                .propertyNames())
        .contains("celsius");
  }
}
