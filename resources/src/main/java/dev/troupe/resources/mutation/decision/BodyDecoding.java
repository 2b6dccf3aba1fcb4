package dev.troupe.resources.mutation.decision;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.DeclaredType;
import dev.troupe.resources.mutation.Invalid;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.schema.Conformed;
import dev.troupe.resources.schema.Conformer;
import dev.troupe.resources.subresource.Form;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// From a body or patched document, in the group-version of the request, to a conformed object in
/// the stored one.
final class BodyDecoding {

  private static final int MAX_STRICT_ERRORS = 100;

  private static final int MAX_QUOTED = 4_096;

  private final Conformer conformer;

  BodyDecoding(Conformer conformer) {
    this.conformer = conformer;
  }

  /// @param patch the patch that led to the object, null if it is a body
  /// @return fresh: the caller may modify it
  ObjectNode decode(MutationTarget target, ObjectNode object, @Nullable JsonNode patch) {
    checkType(target, object);
    var conformed = conformed(target, target.served(), object);
    if (!conformed.typeErrors().isEmpty()) {
      throw undecodable(target, object, conformed.typeErrors().getFirst(), patch);
    }
    checkStrictly(target, object, conformed, patch);
    var decoded = conformed.object();
    disownIfEmpty(object, decoded);
    decoded.put("kind", target.kind());
    decoded.put("apiVersion", target.served().apiVersion());
    return target.stored(decoded);
  }

  /// An empty list of owners means that there are none, as one with an empty entry does; no list
  /// means that nothing is said.
  private static void disownIfEmpty(ObjectNode sent, ObjectNode decoded) {
    var owners = Json.list(Json.object(sent, "metadata"), "managedFields");
    if (owners != null && owners.isEmpty()) {
      Json.child(decoded, "metadata").putArray("managedFields").addObject();
    }
  }

  /// What comes of a merge, in the version of the request, as it is written.
  ObjectNode canonical(MutationTarget target, ObjectNode merged) {
    var conformed = conformed(target, target.served(), merged);
    if (!conformed.typeErrors().isEmpty()) {
      throw undecodable(target, merged, conformed.typeErrors().getFirst(), null);
    }
    return conformed.object();
  }

  /// What was sent to a subresource in a form of its own.
  ///
  /// @return fresh: the caller may modify it
  ObjectNode decode(MutationTarget target, Form form, ObjectNode written) {
    var conformed = conformer.conform(written, form.schemaType());
    var options = target.request().options();
    var complaints = complaints(conformed.unknownFields(), options.duplicateFields());
    var wrong =
        options.fieldValidation() == FieldValidation.STRICT && !complaints.isEmpty()
            ? List.of("strict decoding error: " + String.join(", ", complaints))
            : conformed.typeErrors();
    if (!wrong.isEmpty()) {
      throw new Refusing(
          Refusal.badRequest(
              "%s in version \"%s\" cannot be handled as a %s: %s"
                  .formatted(form.kind(), form.version(), form.kind(), wrong.getFirst())));
    }
    if (options.fieldValidation() == FieldValidation.WARN) {
      target.warnings().addAll(complaints);
    }
    return conformed.object();
  }

  /// An object of the stored type in which nothing is given.
  ObjectNode blank(MutationTarget target) {
    return conformed(target, target.type().storage(), Json.object()).object();
  }

  private Conformed conformed(MutationTarget target, Served version, ObjectNode object) {
    var kind = target.type().kind();
    return kind.conform(object, version.apiVersion(), version.schemaType(), conformer);
  }

  private static void checkType(MutationTarget target, ObjectNode object) {
    DeclaredType.mismatch(object, target.type(), target.served().apiVersion())
        .ifPresent(refusal -> {
          throw new Refusing(refusal);
        });
  }

  private static void checkStrictly(
      MutationTarget target, ObjectNode object, Conformed conformed, @Nullable JsonNode patch) {
    var options = target.request().options();
    if (options.fieldValidation() == FieldValidation.IGNORE) {
      return;
    }
    var complaints = complaints(conformed.unknownFields(), options.duplicateFields());
    if (complaints.isEmpty()) {
      return;
    }
    if (options.fieldValidation() == FieldValidation.WARN) {
      target.warnings().addAll(complaints);
      return;
    }
    throw undecodable(
        target, object, "strict decoding error: " + String.join(", ", complaints), patch);
  }

  private static List<String> complaints(List<String> unknown, List<String> duplicate) {
    var complaints = new ArrayList<String>();
    unknown.forEach(field -> complaints.add("unknown field \"" + field + "\""));
    duplicate.forEach(field -> complaints.add("duplicate field \"" + field + "\""));
    return complaints.size() > MAX_STRICT_ERRORS
        ? complaints.subList(0, MAX_STRICT_ERRORS)
        : complaints;
  }

  private static String abridged(JsonNode patch) {
    var text = patch.toString();
    return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
  }

  /// Kubernetes blames a body with 400 and what a patch leads to with 422.
  private static Refusing undecodable(
      MutationTarget target, ObjectNode object, String why, @Nullable JsonNode patch) {
    if (patch != null) {
      var errors = new FieldErrors();
      errors.invalid(Path.ROOT.child("patch"), abridged(patch), why);
      return new Refusing(Invalid.of("", "", "", errors.all()));
    }
    var kind = Json.text(object, "kind");
    return new Refusing(
        Refusal.badRequest(
            kind.isEmpty()
                ? "the object provided is unrecognized (must be of type "
                    + target.kind()
                    + "): "
                    + why
                : kind
                    + " in version \""
                    + target.served().version()
                    + "\" cannot be handled as a "
                    + target.kind()
                    + ": "
                    + why));
  }
}
