package dev.troupe.resources.mutation.decision;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.MetadataValidation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A new object: filled, defaulted, admitted, validated.
final class CreationRules {

  private final BodyDecoding decoding;

  CreationRules(BodyDecoding decoding) {
    this.decoding = decoding;
  }

  MutationResult create(MutationTarget target, ObjectNode body) {
    var version = Preconditions.version(body);
    var begun = begin(target, decoding.decode(target, body, null));
    checkVersion(target, version);
    return begun;
  }

  /// Asked last, as it is the store that asks in Kubernetes; what is only tried is never stored.
  private static void checkVersion(MutationTarget target, String version) {
    if (!version.isEmpty() && !version.equals("0") && !target.request().options().dryRun()) {
      throw new Refusing(
          Refusal.badRequest("resourceVersion should not be set on objects to be created"));
    }
  }

  /// @param object decoded, and the caller's own
  MutationResult begin(MutationTarget target, ObjectNode object) {
    Agreement.ofNew(target, object);
    Metadata.begin(target, object);
    beginStatus(target, object);
    var kind = target.type().kind();
    target.defaults().complete(object);
    target.ownership().begin(object);
    kind.begin(object);
    var forbidden = kind.admit(object);
    if (forbidden.isPresent()) {
      throw new Refusing(Refusal.forbidden(target.key(), forbidden.get(), List.of()));
    }
    var errors = new FieldErrors();
    MetadataValidation.check(kind.nameRule(), target.type().namespaced(), object, errors);
    Metadata.checkFinalizers(target, object, null, errors);
    target.rules().check(object, errors);
    target.rules().checkNew(object, errors);
    if (!errors.isEmpty()) {
      throw Refusing.invalid(target, errors);
    }
    SizeLimit.check(object);
    target.warn(object, null);
    return new MutationResult.Stored(Metadata.arranged(object), true, target.warnings());
  }

  /// A status is what was observed, so nothing new has one. Some kinds bring theirs along.
  private void beginStatus(MutationTarget target, ObjectNode object) {
    if (target.hasStatus() && !target.type().kind().bringsStatus()) {
      object.remove("status");
      Json.copy("status", decoding.blank(target), object);
    }
  }

  /// Creates what is applied: the applier owns what it has said, not what is filled in. A version
  /// that it names says that there must be none yet, as no object can have it: operators do that.
  MutationResult createApplied(MutationTarget target, Mutation.Apply apply) {
    var wanted = apply.object();
    var completed = apply.completed();
    var body = (completed == null ? wanted : completed).deepCopy();
    var metadata = Metadata.of(body);
    if (Json.text(metadata, "name").isEmpty()) {
      metadata.put("name", target.name());
    }
    metadata.set("managedFields", target.ownership().beginApplied(wanted));
    var settled = target.settled();
    return createOnUpdate(settled, decoding.decode(settled, body, null));
  }

  /// A PUT of a missing object, for the types that allow it.
  MutationResult createOnUpdate(MutationTarget target, ObjectNode object) {
    Agreement.ofExisting(target, object);
    var metadata = Json.object(object, "metadata");
    if (!Json.text(metadata, "uid").isEmpty()) {
      throw new Refusing(
          Refusal.conflict(
              target.key(),
              "Precondition failed: UID in precondition: "
                  + Json.text(metadata, "uid")
                  + ", UID in object meta: "));
    }
    return begin(target, object);
  }
}
