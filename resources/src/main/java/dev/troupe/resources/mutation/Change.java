package dev.troupe.resources.mutation;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.StandardDefaults;
import dev.troupe.resources.kind.StandardValidation;
import dev.troupe.resources.kind.network.Allocated;
import dev.troupe.resources.subresource.Finalize;
import dev.troupe.resources.subresource.Status;
import dev.troupe.resources.subresource.Subresource.Part;
import dev.troupe.resources.subresource.Whole;
import dev.troupe.resources.validation.FieldErrors;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A stored object becomes another one: however it was written, by update, patch or merge, the same
/// rules hold.
final class Change {

  private Change() {}

  /// @param part what of the object is written
  /// @param object decoded, complete, and the caller's own
  /// @param unconditional whether a missing resourceVersion is accepted
  static MutationResult apply(
      Target target, Part part, ObjectNode object, ObjectNode current, boolean unconditional) {
    Agreement.ofExisting(target, object);
    Preconditions.check(target, object, current, unconditional);
    var errors = new FieldErrors();
    Metadata.keep(target, object, current, errors);
    keepWhatIsNotWritten(target, part, object, current);
    StandardDefaults.complete(target.type().ref(), object);
    if (Json.same(object, current)) {
      return errors.isEmpty() ? unchanged(target, current) : refuse(target, errors);
    }
    countGeneration(target, object, current);
    Metadata.checkNoNewFinalizers(object, current, errors);
    StandardValidation.checkChange(
        target.type().ref(), target.type().namespaced(), part.isChecked(), object, current, errors);
    if (!errors.isEmpty()) {
      return refuse(target, errors);
    }
    SizeLimit.check(object);
    return changed(target, object, current);
  }

  /// Stores a change, or removes the object if the change took its last finalizer.
  static MutationResult store(Target target, ObjectNode object, ObjectNode current) {
    if (Json.same(object, current)) {
      return unchanged(target, current);
    }
    return changed(target, object, current);
  }

  private static MutationResult changed(Target target, ObjectNode object, ObjectNode current) {
    var arranged = Metadata.arranged(object);
    return isReleased(target, arranged, current)
        ? new MutationResult.Removed(arranged, target.warnings())
        : new MutationResult.Stored(arranged, false, target.warnings());
  }

  private static boolean isReleased(Target target, ObjectNode object, ObjectNode current) {
    return Metadata.isDeleting(current)
        && Metadata.finalizers(object).isEmpty()
        && Json.number(Json.object(current, "metadata"), "deletionGracePeriodSeconds", 0) == 0
        && (!target.isNamespace() || NamespaceLife.finalizers(object).isEmpty());
  }

  private static MutationResult unchanged(Target target, ObjectNode current) {
    return new MutationResult.Unchanged(current, target.warnings());
  }

  private static MutationResult refuse(Target target, FieldErrors errors) {
    throw Invalid.refuse(target, errors);
  }

  private static void keepWhatIsNotWritten(
      Target target, Part part, ObjectNode object, ObjectNode current) {
    switch (part) {
      case Status _ -> keepAllButStatus(target, object, current);
      case Finalize _ -> {
        var finalizers = NamespaceLife.finalizers(object);
        keepAllButMetadata(object, current);
        var list = Json.child(object, "spec").putArray("finalizers");
        finalizers.forEach(list::add);
      }
      case Whole _ -> {
        if (target.hasStatus()) {
          Json.copy("status", current, object);
        }
        if (target.isNamespace()) {
          NamespaceLife.keepFinalizers(object, current);
        }
        if (target.isType("", "services")) {
          Allocated.keep(object, current);
        }
      }
    }
  }

  private static void keepAllButStatus(Target target, ObjectNode object, ObjectNode current) {
    var status = object.get("status");
    keepAllButMetadata(object, current);
    if (status == null) {
      object.remove("status");
    } else {
      object.set("status", status);
    }
    var metadata = Metadata.of(object);
    var kept =
        target.type().ref().group().equals("apps")
            ? List.of("labels", "ownerReferences")
            : List.of("ownerReferences");
    kept.forEach(field -> Json.copy(field, Metadata.of(current), metadata));
  }

  private static void keepAllButMetadata(ObjectNode object, ObjectNode current) {
    var metadata = Metadata.of(object);
    object.removeAll();
    object.setAll(current.deepCopy());
    object.set("metadata", metadata);
  }

  private static void countGeneration(Target target, ObjectNode object, ObjectNode current) {
    if (target.type().lifecycle().tracksGeneration()
        && (differsInSpec(object, current) || countsAnnotations(target, object, current))) {
      Metadata.bumpGeneration(object);
    }
  }

  private static boolean differsInSpec(ObjectNode object, ObjectNode current) {
    var one = Json.shallow(object);
    var other = Json.shallow(current);
    one.remove(List.of("metadata", "status"));
    other.remove(List.of("metadata", "status"));
    return !Json.same(one, other);
  }

  /// A deployment's annotations are handed on to its replica sets, so they count.
  private static boolean countsAnnotations(Target target, ObjectNode object, ObjectNode current) {
    return target.isType("apps", "deployments")
        && !Json.same(
            Json.get(Metadata.of(object), "annotations"),
            Json.get(Metadata.of(current), "annotations"));
  }
}
