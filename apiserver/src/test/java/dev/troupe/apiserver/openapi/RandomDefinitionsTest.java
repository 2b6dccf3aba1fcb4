package dev.troupe.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.definition.DefinedType;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.registry.ResourceRegistry;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Whatever schema a definition has, the documents that publish it can be read: references lead
/// somewhere, types are such, lists say of what, and version 2 has only what it knows.
class RandomDefinitionsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "integer", "number", "boolean");
  private static final List<String> SCALARS = List.of("string", "integer", "number", "boolean");

  @Test
  void documentsOfAnySchemaCanBeRead() {
    for (int seed = 0; seed < 4; seed++) {
      var random = new Random(seed);
      var type = DefinedType.of(definition(object(random, 4)));
      var documents = new OpenApiDocuments(ResourceRegistry.standard().with(type).now(), "v1.36.0");
      var third = JSON.readTree(documents.document("apis/example.com/v1").orElseThrow().json());
      var second = JSON.readTree(documents.swagger().json().json());

      var said = "seed " + seed;
      check(said, third, third);
      check(said, second, second);
      for (var word : List.of("oneOf", "anyOf", "not", "nullable")) {
        assertThat(second.at("/definitions/com.example.v1.Thing").findValues(word))
            .as(said)
            .isEmpty();
      }
    }
  }

  private static void check(String said, JsonNode node, JsonNode document) {
    var ref = node.path("$ref");
    if (ref.isString()) {
      assertThat(document.at(ref.asString().substring(1)).isObject()).as(said + ref).isTrue();
    }
    var type = node.path("type");
    if (type.isString()) {
      assertThat(TYPES).as(said).contains(type.asString());
      assertThat(!type.asString().equals("array") || node.has("items")).as(said).isTrue();
    }
    node.forEach(below -> check(said, below, document));
  }

  private static ObjectNode definition(ObjectNode schema) {
    var definition =
        (ObjectNode)
            JSON.readTree(
                """
                {"metadata":{"name":"things.example.com"},"spec":{"group":"example.com","scope":"Cluster",
                 "names":{"plural":"things","kind":"Thing"},"versions":[{"name":"v1","served":true,"storage":true,
                 "subresources":{"status":{}},"schema":{}}]}}\
                """);
    ((ObjectNode) definition.at("/spec/versions/0/schema")).set("openAPIV3Schema", schema);
    return definition;
  }

  private static ObjectNode object(Random random, int depth) {
    var schema = Json.object().put("type", "object");
    for (int i = random.nextInt(4); i >= 0; i--) {
      schema.withObjectProperty("properties").set("p" + i, value(random, depth - 1));
    }
    return schema;
  }

  private static ObjectNode value(Random random, int depth) {
    var schema =
        switch (random.nextInt(depth > 0 ? 7 : 4)) {
          case 0 -> Json.object().put("x-kubernetes-int-or-string", true);
          case 1 -> Json.object().put("x-kubernetes-preserve-unknown-fields", true);
          case 2, 3 -> Json.object().put("type", SCALARS.get(random.nextInt(SCALARS.size())));
          case 4 -> {
            var list = Json.object().put("type", "array");
            yield list.set("items", value(random, depth - 1));
          }
          case 5 -> {
            var map = Json.object().put("type", "object");
            yield map.set("additionalProperties", value(random, depth - 1));
          }
          default -> object(random, depth);
        };
    if (random.nextInt(4) == 0) {
      schema.put("nullable", true);
    }
    if (random.nextInt(4) == 0) {
      schema.putArray("anyOf").addObject().put("description", "one");
      schema.putObject("not").putArray("enum").add("no");
    }
    return random.nextBoolean() ? schema.put("description", "text") : schema;
  }
}
