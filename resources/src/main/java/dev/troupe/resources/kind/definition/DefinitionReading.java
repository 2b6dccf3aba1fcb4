package dev.troupe.resources.kind.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.schema.Conformed;
import dev.troupe.resources.schema.Conformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads definitions: also the schemas at places where there may be something else.
final class DefinitionReading {

  private static final String SCHEMA =
      "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps";
  private static final Set<String> CHOICES =
      Set.of("items", "additionalProperties", "additionalItems");

  private DefinitionReading() {}

  /// Conforms what the types of the fields have let pass as any value. What is not known there is
  /// dropped and not told, as in Kubernetes.
  static Conformed complete(Conformed conformed, Conformer conformer) {
    var typeErrors = new ArrayList<>(conformed.typeErrors());
    for (var version : Json.objects(Json.object(conformed.object(), "spec"), "versions")) {
      var schema = Json.object(Json.object(version, "schema"), "openAPIV3Schema");
      if (schema != null) {
        descend(schema, conformer, typeErrors);
      }
    }
    return new Conformed(conformed.object(), conformed.unknownFields(), typeErrors);
  }

  private static void descend(ObjectNode schema, Conformer conformer, List<String> typeErrors) {
    for (var field : List.copyOf(schema.properties())) {
      var value = field.getValue();
      switch (field.getKey()) {
        case "properties", "patternProperties", "definitions" ->
            value.forEach(each -> descendInto(each, conformer, typeErrors));
        case "allOf", "anyOf", "oneOf" ->
            value.forEach(each -> descendInto(each, conformer, typeErrors));
        case "not" -> descendInto(value, conformer, typeErrors);
        default -> {
          if (CHOICES.contains(field.getKey()) && value instanceof ObjectNode choice) {
            var conformed = conformer.conform(choice, SCHEMA);
            typeErrors.addAll(conformed.typeErrors());
            schema.set(field.getKey(), conformed.object());
            descend(conformed.object(), conformer, typeErrors);
          }
        }
      }
    }
  }

  private static void descendInto(JsonNode value, Conformer conformer, List<String> typeErrors) {
    if (value instanceof ObjectNode schema) {
      descend(schema, conformer, typeErrors);
    }
  }

  /// What a definition leaves open.
  static void fill(ObjectNode definition) {
    var spec = Json.child(definition, "spec");
    var names = Json.child(spec, "names");
    var kind = Json.text(names, "kind");
    if (Json.text(names, "singular").isEmpty() && !kind.isEmpty()) {
      names.put("singular", kind.toLowerCase(Locale.ROOT));
    }
    if (Json.text(names, "listKind").isEmpty() && !kind.isEmpty()) {
      names.put("listKind", kind + "List");
    }
    if (!Json.has(spec, "conversion")) {
      spec.putObject("conversion").put("strategy", "None");
    }
    var client =
        Json.object(Json.object(Json.object(spec, "conversion"), "webhook"), "clientConfig");
    var service = Json.object(client, "service");
    if (service != null && !Json.has(service, "port")) {
      service.put("port", 443);
    }
  }
}
