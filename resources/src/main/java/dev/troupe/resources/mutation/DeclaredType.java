package dev.troupe.resources.mutation;

import dev.troupe.resources.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a body says that it is, held against what it is sent to. Comes before everything else that
/// may be wrong with it.
public final class DeclaredType {

  private DeclaredType() {}

  /// Why a body cannot be what is expected; a body that says nothing can.
  public static Optional<Refusal> mismatch(ObjectNode body, String apiVersion, String kind) {
    var version = Json.text(body, "apiVersion");
    var declared = Json.text(body, "kind");
    if (!declared.isEmpty() && !declared.equals(kind)) {
      return Optional.of(
          Refusal.badRequest(
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

  private static String bare(String apiVersion) {
    return apiVersion.substring(apiVersion.lastIndexOf('/') + 1);
  }
}
