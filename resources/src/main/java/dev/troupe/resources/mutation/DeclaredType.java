package dev.troupe.resources.mutation;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.validation.FieldErrors;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a body says that it is, held against what it is sent to. Comes before everything else that
/// may be wrong with it.
public final class DeclaredType {

  private DeclaredType() {}

  /// Why a body cannot be what is expected; a body that says nothing can.
  ///
  /// @param type what it is sent to
  /// @param apiVersion the group-version that it is sent in
  public static Optional<Refusal> mismatch(ObjectNode body, ResourceType type, String apiVersion) {
    var version = Json.text(body, "apiVersion");
    var declared = Json.text(body, "kind");
    var kind = type.names().kind();
    if (!declared.isEmpty() && !declared.equals(kind)) {
      return Optional.of(
          type.kind().isDefined() && (version.isEmpty() || version.equals(apiVersion))
              ? otherKind(body, type, declared)
              : Refusal.badRequest(
                  "%s in version \"%s\" cannot be handled as a %s: the kind in the data does not match the expected kind"
                      .formatted(declared, bare(version.isEmpty() ? apiVersion : version), kind)));
    }
    return version.isEmpty() || version.equals(apiVersion)
        ? Optional.empty()
        : Optional.of(
            Refusal.badRequest(
                "the API version in the data (%s) does not match the expected API version (%s)"
                    .formatted(version, apiVersion)));
  }

  /// Any kind is read as a defined one, and then wrong.
  private static Refusal otherKind(ObjectNode body, ResourceType type, String declared) {
    return Refusal.invalid(
        type.ref().group(),
        declared,
        Json.text(Json.object(body, "metadata"), "name"),
        List.of(
            new FieldCause(
                CauseType.FIELD_VALUE_INVALID,
                "Invalid value: %s: must be %s"
                    .formatted(FieldErrors.quoted(declared), type.names().kind()),
                "kind")));
  }

  private static String bare(String apiVersion) {
    return apiVersion.substring(apiVersion.lastIndexOf('/') + 1);
  }
}
