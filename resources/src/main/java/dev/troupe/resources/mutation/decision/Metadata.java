package dev.troupe.resources.mutation.decision;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What the server alone decides about `metadata`, and how it is kept from one version to the next.
final class Metadata {

  private static final Set<String> STANDARD_FINALIZERS =
      Set.of(
          "kubernetes",
          "orphan",
          "foregroundDeletion",
          "customresourcecleanup.apiextensions.k8s.io");

  private static final List<String> SERVER_OWNED =
      List.of(
          "uid",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink",
          "generation",
          "resourceVersion");

  private Metadata() {}

  static ObjectNode of(ObjectNode object) {
    return Json.child(object, "metadata");
  }

  static boolean isDeleting(ObjectNode object) {
    return !Json.text(Json.object(object, "metadata"), "deletionTimestamp").isEmpty();
  }

  static List<String> finalizers(ObjectNode object) {
    return Json.strings(Json.object(object, "metadata"), "finalizers");
  }

  static void setFinalizers(ObjectNode object, List<String> finalizers) {
    if (finalizers.isEmpty()) {
      of(object).remove("finalizers");
    } else {
      var list = of(object).putArray("finalizers");
      finalizers.forEach(list::add);
    }
  }

  /// Wipes what clients may not choose and fills in what a new object has.
  static void begin(MutationTarget target, ObjectNode object) {
    var metadata = of(object);
    metadata.remove(SERVER_OWNED);
    if (!target.request().options().ownersSettled()) {
      metadata.remove("managedFields");
    }
    metadata.put("name", target.name());
    place(target, metadata);
    metadata.put("uid", target.request().facts().newUid());
    metadata.put("creationTimestamp", target.now());
    if (target.type().lifecycle().tracksGeneration()) {
      metadata.put("generation", 1);
    }
  }

  private static void place(MutationTarget target, ObjectNode metadata) {
    if (target.type().namespaced()) {
      metadata.put("namespace", target.key().namespace());
    } else {
      metadata.remove("namespace");
    }
  }

  /// Carries over from the stored object what a change may not touch; complains where Kubernetes
  /// does instead of ignoring it.
  static void keep(
      MutationTarget target, ObjectNode object, ObjectNode current, FieldErrors errors) {
    var metadata = of(object);
    var stored = of(current);
    place(target, metadata);
    metadata.remove("selfLink");
    for (var field : List.of("name", "uid", "creationTimestamp", "generation", "resourceVersion")) {
      Json.copy(field, stored, metadata);
    }
    if (Json.has(metadata, "deletionTimestamp") && !Json.has(stored, "deletionTimestamp")) {
      immutable("deletionTimestamp", metadata, "field is immutable", errors);
    }
    Json.copy("deletionTimestamp", stored, metadata);
    keepGrace(metadata, stored, errors);
  }

  private static void keepGrace(ObjectNode metadata, ObjectNode stored, FieldErrors errors) {
    var field = "deletionGracePeriodSeconds";
    var wanted = Json.get(metadata, field);
    if (wanted != null && !Json.same(wanted, Json.get(stored, field))) {
      immutable(field, metadata, "field is immutable; may only be changed via deletion", errors);
    }
    Json.copy(field, stored, metadata);
  }

  private static void immutable(String field, ObjectNode metadata, String why, FieldErrors errors) {
    errors.invalid(Path.METADATA.child(field), Json.get(metadata, field), why);
  }

  /// Once an object is being deleted nobody may get a new veto.
  static void checkNoNewFinalizers(ObjectNode object, ObjectNode current, FieldErrors errors) {
    if (!isDeleting(current)) {
      return;
    }
    var known = Set.copyOf(finalizers(current));
    var added = finalizers(object).stream().filter(f -> !known.contains(f)).toList();
    if (!added.isEmpty()) {
      var words = new StringBuilder("[]string{");
      added.forEach(f -> words.append(words.length() > 9 ? ", \"" : "\"").append(f).append('"'));
      errors.forbidden(
          Path.METADATA.child("finalizers"),
          "no new finalizers can be added if the object is being deleted, found new finalizers "
              + words
              + "}");
    }
  }

  /// Whoever holds back an object of Kubernetes says for whom: finalizers have a domain. Those of
  /// other kinds only should. What was there before may stay.
  static void checkFinalizers(
      MutationTarget target, ObjectNode object, @Nullable ObjectNode current, FieldErrors errors) {
    var finalizers = finalizers(object);
    for (int i = 0; i < finalizers.size(); i++) {
      var finalizer = finalizers.get(i);
      if (finalizer.indexOf('/') >= 0
          || STANDARD_FINALIZERS.contains(finalizer)
          || (current != null && finalizers(current).contains(finalizer))) {
        continue;
      }
      var path = Path.METADATA.child("finalizers");
      if (target.isOfKubernetes()) {
        errors.invalid(
            path.item(i),
            finalizer,
            "name is neither a standard finalizer name nor is it fully qualified");
      } else {
        new FieldWarnings(target.warnings())
            .add(
                path,
                FieldErrors.quoted(finalizer)
                    + ": prefer a domain-qualified finalizer name including a path (/) to avoid"
                    + " accidental conflicts with other finalizer writers");
      }
    }
  }

  static void bumpGeneration(ObjectNode object) {
    var metadata = of(object);
    metadata.put("generation", Json.number(metadata, "generation", 0) + 1);
  }

  /// The usual order of an object's parts: type, metadata, the rest, status.
  static ObjectNode arranged(ObjectNode object) {
    var arranged = Json.object();
    for (var field : List.of("apiVersion", "kind", "metadata")) {
      move(field, object, arranged);
    }
    var status = object.get("status");
    for (var field : object.properties()) {
      if (!field.getKey().equals("status") && !arranged.has(field.getKey())) {
        arranged.set(field.getKey(), field.getValue());
      }
    }
    if (status != null) {
      arranged.set("status", status);
    }
    return arranged;
  }

  private static void move(String field, ObjectNode from, ObjectNode to) {
    var value = from.get(field);
    if (value != null) {
      to.set(field, value);
    }
  }
}
