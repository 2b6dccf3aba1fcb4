package dev.troupe.apiserver.openapi;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// OpenAPI v2, once called Swagger: the documents of v3 told in its words, all in one. What v2
/// cannot say is left out: of alternatives only the first is named.
final class SwaggerDocument {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String REFERENCE = "$ref";
  private static final String COMPONENT = "#/components/schemas/";
  private static final String DEFINITION = "#/definitions/";
  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

  private final ObjectNode paths = NODES.objectNode();
  private final ObjectNode definitions = NODES.objectNode();

  /// @param version of the server, such as `v1.36.0`
  ObjectNode document(String version) {
    var document = NODES.objectNode().put("swagger", "2.0");
    document.putObject("info").put("title", "Kubernetes").put("version", version);
    document.set("paths", paths);
    document.set("definitions", definitions);
    return document;
  }

  /// Adds a document of v3. Schemas that several documents have are the same in all, but for the
  /// kinds that they are said to be.
  void add(JsonNode document) {
    for (var path : document.path("paths").properties()) {
      paths.set(path.getKey(), pathItem(path.getValue()));
    }
    for (var schema : document.path("components").path("schemas").properties()) {
      if (!definitions.has(schema.getKey()) || declaresKind(schema.getValue())) {
        definitions.set(schema.getKey(), schema(schema.getValue()));
      }
    }
  }

  private static boolean declaresKind(JsonNode schema) {
    return schema.has("x-kubernetes-group-version-kind");
  }

  private static ObjectNode pathItem(JsonNode from) {
    var item = NODES.objectNode();
    for (var method : METHODS) {
      if (from.has(method)) {
        item.set(method, operation(from.path(method)));
      }
    }
    item.set("parameters", parameters(from.path("parameters")));
    return item;
  }

  private static ObjectNode operation(JsonNode from) {
    var operation = NODES.objectNode();
    for (var entry : from.properties()) {
      switch (entry.getKey()) {
        case "parameters", "requestBody", "responses" -> {}
        default -> operation.set(entry.getKey(), entry.getValue());
      }
    }
    var sent = from.path("requestBody");
    var consumes = operation.putArray("consumes");
    (sent.has("content") ? sent.path("content").propertyNames() : List.of("*/*"))
        .forEach(consumes::add);
    var produces = operation.putArray("produces");
    produced(from.path("responses")).forEach(produces::add);
    operation.putArray("schemes").add("https");
    var parameters = parameters(from.path("parameters"));
    if (sent.has("content")) {
      parameters.add(body(sent));
    }
    operation.set("parameters", parameters);
    operation.set("responses", responses(from.path("responses")));
    return operation;
  }

  private static Set<String> produced(JsonNode responses) {
    var types = new TreeSet<String>();
    for (var response : responses) {
      types.addAll(response.path("content").propertyNames());
    }
    return types;
  }

  private static ArrayNode parameters(JsonNode from) {
    var parameters = NODES.arrayNode();
    for (var each : from) {
      var parameter = parameters.addObject();
      for (var entry : each.properties()) {
        if (entry.getKey().equals("schema")) {
          entry.getValue().properties().forEach(of -> parameter.set(of.getKey(), of.getValue()));
        } else {
          parameter.set(entry.getKey(), entry.getValue());
        }
      }
    }
    return parameters;
  }

  private static ObjectNode body(JsonNode sent) {
    var body = NODES.objectNode().put("name", "body").put("in", "body");
    if (sent.path("required").asBoolean(false)) {
      body.put("required", true);
    }
    body.set("schema", content(sent));
    return body;
  }

  private static ObjectNode responses(JsonNode from) {
    var responses = NODES.objectNode();
    for (var entry : from.properties()) {
      var range = entry.getKey().endsWith("XX");
      var response = responses.putObject(range ? "default" : entry.getKey());
      response.set("description", entry.getValue().path("description"));
      if (entry.getValue().has("content")) {
        response.set("schema", content(entry.getValue()));
      }
    }
    return responses;
  }

  /// The schema is the same for all media types.
  private static ObjectNode content(JsonNode body) {
    return schema(body.path("content").iterator().next().path("schema"));
  }

  /// Whether a choice only limits what the schema says beside it, as in those of defined types: v2
  /// cannot say so.
  private static boolean isDefined(JsonNode from) {
    return from.has("type")
        || from.has("properties")
        || from.has("x-kubernetes-int-or-string")
        || from.has("x-kubernetes-preserve-unknown-fields");
  }

  private static ObjectNode schema(JsonNode from) {
    var schema = NODES.objectNode();
    for (var entry : from.properties()) {
      var value = entry.getValue();
      switch (entry.getKey()) {
        case REFERENCE -> schema.put(REFERENCE, value.stringValue().replace(COMPONENT, DEFINITION));
        case "allOf", "anyOf" -> {
          if (value.path(0).has(REFERENCE)) {
            schema.setAll(schema(value.path(0)));
          }
        }
        case "oneOf" -> {
          if (value.path(0).has("type") && !isDefined(from)) {
            schema.put("type", "string");
          }
        }
        case "nullable", "not" -> {}
        case "items", "additionalProperties" -> schema.set(entry.getKey(), schema(value));
        case "properties" -> {
          var properties = schema.putObject("properties");
          value.properties().forEach(of -> properties.set(of.getKey(), schema(of.getValue())));
        }
        default -> schema.set(entry.getKey(), value);
      }
    }
    return schema;
  }
}
