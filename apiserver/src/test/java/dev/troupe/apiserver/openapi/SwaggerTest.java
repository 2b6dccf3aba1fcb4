package dev.troupe.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import dev.troupe.resources.registry.ResourceRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SwaggerTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final OpenApiDocuments DOCUMENTS =
      new OpenApiDocuments(ResourceRegistry.standard().now(), "v1.36.0");
  private static final JsonNode SWAGGER = JSON.readTree(DOCUMENTS.swagger().json().json());

  @Test
  void hasThePathsOfAllDocumentsOfVersion3() {
    var paths = new TreeSet<String>();
    for (var name : JSON.readTree(DOCUMENTS.index().json()).path("paths").propertyNames()) {
      var document = JSON.readTree(DOCUMENTS.document(name).orElseThrow().json());
      paths.addAll(document.path("paths").propertyNames());
    }

    assertThat(SWAGGER.path("swagger").asString()).isEqualTo("2.0");
    assertThat(SWAGGER.path("paths").propertyNames()).containsExactlyInAnyOrderElementsOf(paths);
  }

  @Test
  void everyReferenceLeadsToADefinition() {
    var text = SWAGGER.toString();

    assertThat(SWAGGER.findValues("$ref"))
        .filteredOn(JsonNode::isString)
        .extracting(JsonNode::stringValue)
        .hasSizeGreaterThan(700)
        .allSatisfy(to -> assertThat(SWAGGER.at(to.substring(1)).isObject()).as(to).isTrue());
    assertThat(text)
        .doesNotContain(
            "\"allOf\":[", "\"anyOf\":[", "\"oneOf\":[", "requestBody", "components/schemas");
  }

  @Test
  void operationsSayWhatIsSentAndAnswered() {
    var item = SWAGGER.path("paths").path("/apis/apps/v1/namespaces/{namespace}/deployments");
    var create = item.path("post");

    assertThat(create.path("operationId").asString()).isEqualTo("createAppsV1NamespacedDeployment");
    assertThat(create.path("parameters").findValuesAsString("name"))
        .contains("dryRun", "fieldManager", "fieldValidation", "body");
    assertThat(values(create.path("consumes"))).contains("application/json");
    assertThat(create.at("/responses/201/schema/$ref").asString())
        .isEqualTo("#/definitions/io.k8s.api.apps.v1.Deployment");
    assertThat(create.at("/responses/default/schema/$ref").asString()).endsWith("v1.Status");
    assertThat(item.at("/parameters/0").toString())
        .contains("\"name\":\"namespace\"", "\"type\":\"string\"", "\"required\":true");
  }

  @Test
  void definitionsKnowTheirKindsInEveryGroup() {
    var kinds = new TreeSet<String>();
    for (var definition : SWAGGER.path("definitions")) {
      for (var kind : definition.path("x-kubernetes-group-version-kind")) {
        kinds.add(kind.path("group").asString() + "/" + kind.path("kind").asString());
      }
    }
    assertThat(kinds)
        .contains("/Pod", "/PodList", "apps/Deployment", "events.k8s.io/Event", "/Event");
  }

  /// Read without knowledge of the messages, the protobuf form tells the same as JSON.
  @Test
  void protobufTellsTheSame() throws Exception {
    var document = UnknownFieldSet.parseFrom(DOCUMENTS.swagger().protobuf());
    var definitions = pairs(document, 9, 1);
    var paths = pairs(document, 8, 2);

    assertThat(text(document, 1)).isEqualTo("2.0");
    assertThat(paths.keySet())
        .containsExactlyInAnyOrderElementsOf(SWAGGER.path("paths").propertyNames());
    assertThat(definitions.keySet())
        .containsExactlyInAnyOrderElementsOf(SWAGGER.path("definitions").propertyNames());
    for (var definition : SWAGGER.path("definitions").properties()) {
      same(definition.getKey(), definition.getValue(), of(definitions, definition.getKey()));
    }
  }

  private static void same(String at, JsonNode json, UnknownFieldSet schema) throws Exception {
    assertThat(text(schema, 1)).as(at).isEqualTo(json.path("$ref").asString(""));
    assertThat(text(schema, 2)).as(at).isEqualTo(json.path("format").asString(""));
    assertThat(text(schema, 4)).as(at).isEqualTo(json.path("description").asString(""));
    assertThat(texts(schema, 19)).as(at).isEqualTo(values(json.path("required")));
    assertThat(schema.hasField(22)).as(at).isEqualTo(json.has("type"));
    if (json.has("type")) {
      assertThat(text(inner(schema, 22), 1)).isEqualTo(json.path("type").asString());
    }
    if (json.has("items")) {
      same(at + "[]", json.path("items"), inner(inner(schema, 23), 1));
    }
    if (json.has("additionalProperties")) {
      same(at + "{}", json.path("additionalProperties"), inner(inner(schema, 21), 1));
    }
    if (json.has("properties")) {
      var properties = pairs(schema, 25, 1);
      assertThat(properties.keySet())
          .containsExactlyInAnyOrderElementsOf(json.path("properties").propertyNames());
      for (var property : json.path("properties").properties()) {
        var name = property.getKey();
        same(at + "." + name, property.getValue(), of(properties, name));
      }
    }
    var extensions = new TreeMap<String, JsonNode>();
    for (var extension : repeated(schema, 31)) {
      extensions.put(text(extension, 1), JSON.readTree(text(inner(extension, 2), 2)));
    }
    for (var entry : json.properties()) {
      if (entry.getKey().startsWith("x-")) {
        assertThat(extensions.remove(entry.getKey())).as(at).isEqualTo(entry.getValue());
      }
    }
    assertThat(extensions).as(at).isEmpty();
  }

  private static List<String> values(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  private static List<UnknownFieldSet> repeated(UnknownFieldSet in, int number) throws Exception {
    var found = new ArrayList<UnknownFieldSet>();
    for (var bytes : in.getField(number).getLengthDelimitedList()) {
      found.add(UnknownFieldSet.parseFrom(bytes));
    }
    return found;
  }

  private static UnknownFieldSet inner(UnknownFieldSet in, int number) throws Exception {
    return repeated(in, number).getFirst();
  }

  private static List<String> texts(UnknownFieldSet in, int number) {
    return in.getField(number).getLengthDelimitedList().stream()
        .map(bytes -> bytes.toStringUtf8())
        .toList();
  }

  private static String text(UnknownFieldSet in, int number) {
    return String.join("", texts(in, number));
  }

  private static UnknownFieldSet of(Map<String, UnknownFieldSet> pairs, String name) {
    return Optional.ofNullable(pairs.get(name)).orElseThrow();
  }

  private static Map<String, UnknownFieldSet> pairs(UnknownFieldSet in, int number, int of)
      throws Exception {
    var found = new TreeMap<String, UnknownFieldSet>();
    for (var pair : repeated(inner(in, number), of)) {
      found.put(text(pair, 1), inner(pair, 2));
    }
    return found;
  }
}
