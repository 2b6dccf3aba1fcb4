package dev.troupe.resources.mutation;

import dev.troupe.resources.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is wanted of one resource, as data. The nodes are handed over: nobody changes them any
/// more, [Mutator] included.
public sealed interface Mutation {

  /// Stores a new object. Its name is complete (`generateName` has been resolved by the sender).
  record Create(ObjectNode object) implements Mutation {}

  /// Replaces the object, or the part of it that the subresource stands for.
  record Update(ObjectNode object) implements Mutation {}

  /// Patches the object, or the part of it that the subresource stands for.
  record Patch(PatchType type, JsonNode patch) implements Mutation {}

  /// Creates the object or merges the given fields into it (strategic merge without directives):
  /// what a controller plans.
  record Merge(ObjectNode planned) implements Mutation {}

  /// Applies the object: merges it by field, as the server-side apply of Kubernetes does, and
  /// creates it if there is none.
  ///
  /// @param force whether fields that others own are taken from them
  /// @param completed what is created if there is nothing: the object, completed by others without
  ///   being the applier's; null if just the object
  record Apply(ObjectNode object, boolean force, @Nullable ObjectNode completed)
      implements Mutation {

    public Apply(ObjectNode object, boolean force) {
      this(object, force, null);
    }
  }

  /// Deletes the object, at once or by way of its grace period and finalizers.
  record Delete(DeleteOptions options) implements Mutation {}

  /// Stores exactly an object on which somebody else has decided, in the stored version, if what it
  /// was decided on is still there: its version is that of the object, or there is none if it is
  /// created.
  record Decided(ObjectNode object, Effect effect) implements Mutation {}

  /// What becomes of an object.
  enum Effect {
    CREATED,
    CHANGED,
    REMOVED
  }

  enum PatchType {
    JSON,
    MERGE,
    STRATEGIC
  }

  /// `DeleteOptions` of `meta/v1`; null means not given.
  record DeleteOptions(
      @Nullable Long gracePeriodSeconds,
      @Nullable String propagationPolicy,
      @Nullable Boolean orphanDependents,
      @Nullable String preconditionUid,
      @Nullable String preconditionResourceVersion) {

    public static final DeleteOptions NONE = new DeleteOptions(null, null, null, null, null);

    /// Those that an object of the type has.
    ///
    /// @param options that agrees with its schema
    public static DeleteOptions of(ObjectNode options) {
      var preconditions = Json.object(options, "preconditions");
      var orphan = Json.get(options, "orphanDependents");
      return new DeleteOptions(
          Json.number(options, "gracePeriodSeconds"),
          given(options, "propagationPolicy"),
          orphan == null ? null : orphan.booleanValue(),
          given(preconditions, "uid"),
          given(preconditions, "resourceVersion"));
    }

    private static @Nullable String given(@Nullable ObjectNode object, String field) {
      var text = Json.text(object, field);
      return text.isEmpty() ? null : text;
    }

    /// The same, for the object of exactly this version.
    public DeleteOptions onlyOfVersion(String resourceVersion) {
      return new DeleteOptions(
          gracePeriodSeconds,
          propagationPolicy,
          orphanDependents,
          preconditionUid,
          resourceVersion);
    }
  }
}
