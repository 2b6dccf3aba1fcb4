package dev.troupe.resources.mutation.decision;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.subresource.Status;
import dev.troupe.resources.subresource.Subresource.Part;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.MetadataValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A stored object becomes another one: however it was written, by update, patch or merge, the same
/// rules hold.
final class ChangeRules {

  private ChangeRules() {}

  /// @param part what of the object is written
  /// @param object decoded, complete, and the caller's own
  /// @param unconditional whether a missing resourceVersion is accepted
  static MutationResult apply(
      MutationTarget target,
      Part part,
      ObjectNode object,
      ObjectNode current,
      boolean unconditional) {
    Agreement.ofExisting(target, object);
    Preconditions.check(target, object, current, unconditional);
    var errors = new FieldErrors();
    Metadata.keep(target, object, current, errors);
    target.ownership().keep(object, current);
    var kind = target.type().kind();
    part.keep(kind, target.hasStatus(), object, current);
    target.defaults().complete(object);
    if (part.isChecked()) {
      kind.admitChange(object, current);
    }
    if (Json.same(object, current)) {
      return errors.isEmpty() ? unchangedBy(target, part, current) : refuse(target, errors);
    }
    if (!(part instanceof Status)) {
      countGeneration(target, object, current);
    }
    Metadata.checkNoNewFinalizers(object, current, errors);
    MetadataValidation.check(kind.nameRule(), target.type().namespaced(), object, errors);
    Metadata.checkFinalizers(target, object, current, errors);
    if (part.isChecked()) {
      target.rules().check(object, errors);
      target.rules().checkChange(object, current, errors);
    } else if (part instanceof Status) {
      target.rules().checkStatus(object, current, errors);
    }
    if (!errors.isEmpty()) {
      return refuse(target, errors);
    }
    return accepted(target, part, object, current);
  }

  private static MutationResult accepted(
      MutationTarget target, Part part, ObjectNode object, ObjectNode current) {
    target.ownership().change(object, current);
    if (target.ownership().isSameButTimes(object, current)) {
      return unchangedBy(target, part, current);
    }
    SizeLimit.check(object);
    if (part.isChecked()) {
      target.warn(object, current);
    }
    return changed(target, object, current);
  }

  /// Stores what somebody else has decided on as it is, if it was decided on what is here.
  static MutationResult settle(
      ResourceType type,
      @Nullable ObjectNode current,
      MutationRequest request,
      Mutation.Decided decided) {
    var object = decided.object();
    boolean isNew = decided.effect() == Mutation.Effect.CREATED;
    if (isNew && current != null) {
      throw new Refusing(Refusal.alreadyExists(request.key()));
    }
    if (!isNew && current == null) {
      throw new Refusing(Refusal.notFound(request.key()));
    }
    boolean isOutrun =
        current != null && !Preconditions.version(object).equals(Preconditions.version(current));
    if (isOutrun || !type.storage().apiVersion().equals(Json.text(object, "apiVersion"))) {
      throw new Refusing(Refusal.conflict(request.key(), Preconditions.MODIFIED));
    }
    var arranged = Metadata.arranged(object);
    return decided.effect() == Mutation.Effect.REMOVED
        ? new MutationResult.Removed(arranged, List.of())
        : new MutationResult.Stored(arranged, isNew, List.of());
  }

  /// Stores a change, or removes the object if the change took its last finalizer.
  static MutationResult store(MutationTarget target, ObjectNode object, ObjectNode current) {
    if (Json.same(object, current)) {
      return unchanged(target, current);
    }
    SizeLimit.check(object);
    return changed(target, object, current);
  }

  private static MutationResult changed(
      MutationTarget target, ObjectNode object, ObjectNode current) {
    var arranged = Metadata.arranged(object);
    return isReleased(target, arranged, current)
        ? new MutationResult.Removed(arranged, target.warnings())
        : new MutationResult.Stored(arranged, false, target.warnings());
  }

  private static boolean isReleased(MutationTarget target, ObjectNode object, ObjectNode current) {
    return Metadata.isDeleting(current)
        && Metadata.finalizers(object).isEmpty()
        && Json.number(Json.object(current, "metadata"), "deletionGracePeriodSeconds", 0) == 0
        && !target.type().kind().isHeld(object);
  }

  /// What is suspicious stays so when it is written again.
  private static MutationResult unchangedBy(MutationTarget target, Part part, ObjectNode current) {
    if (part.isChecked()) {
      target.warn(current, current);
    }
    return unchanged(target, current);
  }

  private static MutationResult unchanged(MutationTarget target, ObjectNode current) {
    return new MutationResult.Unchanged(current, target.warnings());
  }

  private static MutationResult refuse(MutationTarget target, FieldErrors errors) {
    throw Refusing.invalid(target, errors);
  }

  private static void countGeneration(
      MutationTarget target, ObjectNode object, ObjectNode current) {
    if (target.type().lifecycle().tracksGeneration()
        && (!Json.sameContent(object, current)
            || isContent(target, object, current)
            || target.type().kind().countsGeneration(object, current))) {
      Metadata.bumpGeneration(object);
    }
  }

  /// A status that is no part of its own is content like any other.
  private static boolean isContent(MutationTarget target, ObjectNode object, ObjectNode current) {
    return target.type().kind().isDefined()
        && !target.hasStatus()
        && !Json.same(object.get("status"), current.get("status"));
  }
}
