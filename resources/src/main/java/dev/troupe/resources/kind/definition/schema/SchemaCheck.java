package dev.troupe.resources.kind.definition.schema;

import dev.troupe.resources.expression.SchemaRules;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.structural.Structural;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The schema of one version of a type.
public final class SchemaCheck {

  /// What is deeper is refused, long before documents as a whole are.
  private static final int MAX_DEPTH = 300;

  /// What a schema may have at its root beside a status of its own.
  private static final Set<String> AT_ROOT =
      Set.of(
          "description",
          "type",
          "format",
          "title",
          "maximum",
          "exclusiveMaximum",
          "minimum",
          "exclusiveMinimum",
          "maxLength",
          "minLength",
          "pattern",
          "maxItems",
          "minItems",
          "uniqueItems",
          "multipleOf",
          "required",
          "items",
          "properties",
          "externalDocs",
          "example",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-validations");

  private static final String NAMES_AT_ROOT =
      "Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength"
          + " MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties"
          + " ExternalDocs Example XPreserveUnknownFields XValidations";

  private SchemaCheck() {}

  /// @param schema `openAPIV3Schema`
  /// @param hasStatus whether the status is a part of its own
  public static void check(ObjectNode schema, boolean hasStatus, Path path, FieldErrors errors) {
    if (Json.depth(schema, MAX_DEPTH) > MAX_DEPTH) {
      errors.invalid(path, "", "exceeded max depth of " + MAX_DEPTH);
      return;
    }
    if (hasStatus) {
      root(schema, path, errors);
    }
    if (Json.truth(schema, "nullable")) {
      errors.forbidden(path.child("nullable"), "nullable cannot be true at the root");
    }
    var structure = new FieldErrors();
    StructureCheck.check(schema, path, structure);
    CompletenessCheck.check(schema, path, structure);
    var own = new FieldErrors();
    own.addSorted(structure);
    var plain = new FieldErrors();
    OpenApiCheck.check(schema, path, plain);
    if (structure.isEmpty()) {
      DefaultCheck.check(Structural.of(schema), path, own);
    }
    own.addAll(plain);
    if (own.isEmpty()) {
      SchemaRules.compile(schema, path, own);
    }
    errors.addAll(own);
  }

  private static void root(ObjectNode schema, Path path, FieldErrors errors) {
    var type = Json.text(schema, "type");
    if (!type.isEmpty() && !type.equals("object")) {
      errors.invalid(
          path.child("type"),
          type,
          "only \"object\" is allowed as the type at the root of the schema if the status"
              + " subresource is enabled");
      return;
    }
    for (var field : schema.propertyNames()) {
      if (!AT_ROOT.contains(field)) {
        errors.invalid(
            path,
            schema,
            "only ["
                + NAMES_AT_ROOT
                + "] fields are allowed at the root of the schema if the status subresource is"
                + " enabled");
        return;
      }
    }
  }
}
