package dev.troupe.resources.mutation.decision;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.Details;
import dev.troupe.resources.mutation.ownership.Applying;
import dev.troupe.resources.patch.JsonPatch;
import dev.troupe.resources.patch.MergePatch;
import dev.troupe.resources.patch.Patched;
import dev.troupe.resources.patch.StrategicMergePatch;
import dev.troupe.resources.schema.Schemas;
import dev.troupe.resources.subresource.Subresource;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Carries out a patch, and says of a failure what Kubernetes says of it.
record Patching(Schemas schemas, BodyDecoding decoding) {

  ObjectNode patch(ObjectNode document, PatchType type, JsonNode patch, String schema) {
    var patched =
        switch (type) {
          case JSON -> JsonPatch.apply(document, patch);
          case MERGE -> MergePatch.apply(document, patch);
          case STRATEGIC -> StrategicMergePatch.apply(document, patch, schemas, schema);
        };
    return switch (patched) {
      case Patched.Applied(var result) -> result;
      case Patched.Rejected(var reason, var message) ->
          throw new Refusing(
              switch (reason) {
                case MALFORMED -> Refusal.badRequest(message);
                case TOO_MANY_OPERATIONS -> Refusal.tooLarge(message);
                case INAPPLICABLE -> inapplicable();
              });
    };
  }

  /// What is wrong with an object that is applied, before it is held against anything that is
  /// there.
  void check(MutationTarget target, ObjectNode wanted) {
    var apiVersion = Json.text(wanted, "apiVersion");
    var kind = Json.text(wanted, "kind");
    if (!apiVersion.equals(target.served().apiVersion()) || !kind.equals(target.kind())) {
      throw bad("invalid object type: " + apiVersion + ", Kind=" + kind);
    }
    if (Json.has(Json.object(wanted, "metadata"), "managedFields")) {
      throw bad("metadata.managedFields must be nil");
    }
    var complaints = target.ownership().complaints(wanted);
    if (!complaints.isEmpty()) {
      throw bad(
          "failed to create typed patch object (%s/%s; %s, Kind=%s): %s"
              .formatted(
                  target.key().namespace(), target.name(), apiVersion, kind, words(complaints)));
    }
    checkDuplicates(target);
  }

  private static String words(List<String> complaints) {
    return complaints.size() == 1
        ? complaints.getFirst()
        : "errors:\n  " + String.join("\n  ", complaints);
  }

  private static void checkDuplicates(MutationTarget target) {
    var options = target.request().options();
    var complaints =
        options.duplicateFields().stream()
            .map(field -> "duplicate field \"" + field + "\"")
            .toList();
    if (complaints.isEmpty() || options.fieldValidation() == FieldValidation.IGNORE) {
      return;
    }
    if (options.fieldValidation() == FieldValidation.STRICT) {
      throw bad("error strict decoding YAML: " + String.join(", ", complaints));
    }
    target.warnings().addAll(complaints);
  }

  private static Refusing bad(String message) {
    return new Refusing(Refusal.badRequest(message));
  }

  /// Applies an object that has been checked.
  ///
  /// @return with its owners, and the caller's own
  ObjectNode apply(MutationTarget target, Mutation.Apply apply, ObjectNode current) {
    var live = target.shown(current);
    UnaryOperator<ObjectNode> normal = merged -> decoding.canonical(target, merged);
    return switch (target.ownership().apply(live, apply.object(), apply.force(), normal)) {
      case Applying.Merged(var object) -> target.stored(object);
      case Applying.Conflicting(var refusal) -> throw new Refusing(refusal);
    };
  }

  /// Applies what is said of the resource by what is applied to a view of it.
  ObjectNode apply(
      MutationTarget target, Subresource.View view, Mutation.Apply apply, ObjectNode current) {
    var wanted = view.wanted(apply.object());
    wanted.put("apiVersion", target.served().apiVersion()).put("kind", target.kind());
    wanted.putObject("metadata").put("name", target.name());
    return apply(target, new Mutation.Apply(wanted, apply.force()), current);
  }

  /// A patch that is well-formed and cannot be carried out. What exactly is wrong is kept from
  /// clients, as Kubernetes does.
  private static Refusal inapplicable() {
    return new Refusal(
        StatusReason.INVALID,
        "the server rejected our request due to an error in our request",
        Details.NONE,
        0);
  }
}
