package dev.troupe.resources.mutation.decision;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.Details;
import dev.troupe.resources.patch.JsonPatch;
import dev.troupe.resources.patch.MergePatch;
import dev.troupe.resources.patch.Patched;
import dev.troupe.resources.patch.StrategicMergePatch;
import dev.troupe.resources.schema.Schemas;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Carries out a patch, and says of a failure what Kubernetes says of it.
record Patching(Schemas schemas) {

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
