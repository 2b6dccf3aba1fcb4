package dev.troupe.apiserver.openapi;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// The protobuf form of OpenAPI v2, in which kubectl asks for it: messages of gnostic's package
/// `openapi.v2`. There is one method per message; the numbers are those of its fields, of which
/// only those are known that [SwaggerDocument] uses.
final class SwaggerProtobuf {

  private SwaggerProtobuf() {}

  static byte[] of(JsonNode document) {
    var info = document.path("info");
    return new SwaggerMessage()
        .text(1, document.path("swagger"))
        .message(2, new SwaggerMessage().text(1, info.path("title")).text(2, info.path("version")))
        .message(8, named(2, document.path("paths"), SwaggerProtobuf::pathItem))
        .message(9, named(1, document.path("definitions"), SwaggerProtobuf::schema))
        .bytes();
  }

  /// A map is a list of pairs of name and value.
  private static SwaggerMessage named(
      int number, JsonNode map, Function<JsonNode, SwaggerMessage> value) {
    var message = new SwaggerMessage();
    for (var entry : map.properties()) {
      message.message(number, pair(entry.getKey(), value.apply(entry.getValue())));
    }
    return message;
  }

  private static SwaggerMessage pair(String name, SwaggerMessage value) {
    return new SwaggerMessage().text(1, name).message(2, value);
  }

  private static SwaggerMessage pathItem(JsonNode item) {
    var message = new SwaggerMessage();
    operation(message, 2, item.path("get"));
    operation(message, 3, item.path("put"));
    operation(message, 4, item.path("post"));
    operation(message, 5, item.path("delete"));
    operation(message, 8, item.path("patch"));
    return parameters(message, 9, item.path("parameters"));
  }

  private static void operation(SwaggerMessage into, int number, JsonNode operation) {
    if (operation.isMissingNode()) {
      return;
    }
    var message =
        new SwaggerMessage()
            .texts(1, operation.path("tags"))
            .text(3, operation.path("description"))
            .text(5, operation.path("operationId"))
            .texts(6, operation.path("produces"))
            .texts(7, operation.path("consumes"));
    parameters(message, 8, operation.path("parameters"));
    message
        .message(9, named(1, operation.path("responses"), SwaggerProtobuf::response))
        .texts(10, operation.path("schemes"));
    into.message(number, extensions(message, 13, operation));
  }

  private static SwaggerMessage parameters(SwaggerMessage into, int number, JsonNode parameters) {
    for (var parameter : parameters) {
      into.message(number, new SwaggerMessage().message(1, parameter(parameter)));
    }
    return into;
  }

  private static SwaggerMessage parameter(JsonNode parameter) {
    var name = parameter.path("name");
    var in = parameter.path("in");
    return switch (in.asString("")) {
      case "body" ->
          new SwaggerMessage()
              .message(
                  1,
                  new SwaggerMessage()
                      .text(2, name)
                      .text(3, in)
                      .flag(4, parameter.path("required"))
                      .message(5, schema(parameter.path("schema"))));
      case "query" -> new SwaggerMessage().message(2, field(parameter, 3, 6, 20));
      default -> new SwaggerMessage().message(2, field(parameter, 4, 5, 19));
    };
  }

  /// A parameter in query or path, which differ in the numbers of a few fields.
  private static SwaggerMessage field(JsonNode parameter, int choice, int type, int unique) {
    return new SwaggerMessage()
        .message(
            choice,
            new SwaggerMessage()
                .flag(1, parameter.path("required"))
                .text(2, parameter.path("in"))
                .text(3, parameter.path("description"))
                .text(4, parameter.path("name"))
                .text(type, parameter.path("type"))
                .text(type + 1, parameter.path("format"))
                .flag(unique, parameter.path("uniqueItems")));
  }

  private static SwaggerMessage response(JsonNode response) {
    var message = new SwaggerMessage().text(1, response.path("description"));
    if (response.has("schema")) {
      message.message(2, new SwaggerMessage().message(1, schema(response.path("schema"))));
    }
    return new SwaggerMessage().message(1, message);
  }

  private static SwaggerMessage schema(JsonNode schema) {
    var message =
        new SwaggerMessage()
            .text(1, schema.path("$ref"))
            .text(2, schema.path("format"))
            .text(4, schema.path("description"))
            .texts(19, schema.path("required"));
    if (schema.has("default")) {
      message.message(5, any(schema.path("default")));
    }
    if (schema.has("additionalProperties")) {
      message.message(
          21, new SwaggerMessage().message(1, schema(schema.path("additionalProperties"))));
    }
    if (schema.has("type")) {
      message.message(22, new SwaggerMessage().text(1, schema.path("type")));
    }
    if (schema.has("items")) {
      message.message(23, new SwaggerMessage().message(1, schema(schema.path("items"))));
    }
    if (schema.has("properties")) {
      message.message(25, named(1, schema.path("properties"), SwaggerProtobuf::schema));
    }
    return extensions(message, 31, schema);
  }

  /// What is not of OpenAPI is YAML inside of the message; JSON is YAML.
  private static SwaggerMessage extensions(SwaggerMessage into, int number, JsonNode of) {
    for (var entry : of.properties()) {
      if (entry.getKey().startsWith("x-")) {
        into.message(number, pair(entry.getKey(), any(entry.getValue())));
      }
    }
    return into;
  }

  private static SwaggerMessage any(JsonNode value) {
    return new SwaggerMessage().text(2, value.toString());
  }
}
