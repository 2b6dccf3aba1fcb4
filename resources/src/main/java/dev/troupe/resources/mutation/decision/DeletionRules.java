package dev.troupe.resources.mutation.decision;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Ending;
import dev.troupe.resources.kind.Ending.Grace;
import dev.troupe.resources.mutation.Invalid;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// Deletion: at once, after a grace period, or when the last finalizer goes.
final class DeletionRules {

  private static final String ORPHAN = "orphan";
  private static final String FOREGROUND = "foregroundDeletion";

  /// Far beyond any use, and small enough to be added to any time.
  private static final long MAX_GRACE = 100L * 365 * 24 * 3600;

  private static final List<String> POLICIES = List.of("Foreground", "Background", "Orphan", "nil");

  private DeletionRules() {}

  static MutationResult delete(MutationTarget target, DeleteOptions options, ObjectNode current) {
    checkOptions(options);
    Preconditions.checkDelete(target, options, current);
    var object = current.deepCopy();
    return switch (target.type().kind().ending()) {
      case Ending.Free _ -> deleteNow(target, options, object, current);
      case Ending.Graceful(var grace) -> deleteGracefully(target, options, grace, object, current);
      case Ending.Emptied(var mark) -> deleteEmptied(target, options, mark, object, current);
    };
  }

  private static void checkOptions(DeleteOptions options) {
    var errors = new FieldErrors();
    var policy = options.propagationPolicy();
    var path = Path.ROOT.child("propagationPolicy");
    if (policy != null && options.orphanDependents() != null) {
      errors.invalid(path, policy, "orphanDependents and deletionPropagation cannot be both set");
    }
    if (policy != null && !List.of("Foreground", "Background", "Orphan").contains(policy)) {
      errors.notSupported(path, policy, POLICIES);
    }
    if (!errors.isEmpty()) {
      throw new Refusing(Invalid.of("meta.k8s.io", "DeleteOptions", "", errors.all()));
    }
  }

  private static MutationResult deleteEmptied(
      MutationTarget target,
      DeleteOptions options,
      Consumer<ObjectNode> mark,
      ObjectNode object,
      ObjectNode current) {
    boolean again = Metadata.isDeleting(object);
    if (!again) {
      Metadata.setFinalizers(object, finalizers(object, options));
    }
    boolean free = Metadata.finalizers(object).isEmpty() && !target.type().kind().isHeld(object);
    if (again && free) {
      return removed(target, object);
    }
    if (!again) {
      Metadata.of(object).put("deletionTimestamp", target.now());
    }
    mark.accept(object);
    return ChangeRules.store(target, object, current);
  }

  private static MutationResult deleteGracefully(
      MutationTarget target,
      DeleteOptions options,
      Grace wish,
      ObjectNode object,
      ObjectNode current) {
    var metadata = Metadata.of(object);
    var period = options.gracePeriodSeconds();
    Long wanted = period == null ? null : period < 0 ? Long.valueOf(1) : period;
    if (Metadata.isDeleting(object)) {
      var running = Json.number(metadata, "deletionGracePeriodSeconds");
      if (running == null) {
        return deleteNow(target, options, object, current);
      }
      if (wanted == null || wanted >= running) {
        return new MutationResult.Unchanged(current, target.warnings());
      }
      shorten(metadata, running, wanted);
      return afterGrace(target, wanted, options, object, current);
    }
    long grace = wish.of(object, wanted);
    metadata.put("deletionTimestamp", later(target.request().facts().now(), grace));
    metadata.put("deletionGracePeriodSeconds", grace);
    countDeletion(object);
    return afterGrace(target, grace, options, object, current);
  }

  private static MutationResult afterGrace(
      MutationTarget target,
      long grace,
      DeleteOptions options,
      ObjectNode object,
      ObjectNode current) {
    Metadata.setFinalizers(object, finalizers(object, options));
    return grace == 0 && Metadata.finalizers(object).isEmpty()
        ? removed(target, object)
        : ChangeRules.store(target, object, current);
  }

  private static void shorten(ObjectNode metadata, long running, long wanted) {
    var end = Instant.parse(Json.text(metadata, "deletionTimestamp"));
    metadata.put(
        "deletionTimestamp", later(end.minusSeconds(Math.min(running, MAX_GRACE)), wanted));
    metadata.put("deletionGracePeriodSeconds", wanted);
  }

  private static String later(Instant instant, long seconds) {
    long bounded = Math.min(seconds, MAX_GRACE);
    return MutationTarget.timestamp(instant.plusSeconds(bounded));
  }

  private static MutationResult deleteNow(
      MutationTarget target, DeleteOptions options, ObjectNode object, ObjectNode current) {
    var finalizers = finalizers(object, options);
    if (finalizers.isEmpty()) {
      return removed(target, object);
    }
    Metadata.setFinalizers(object, finalizers);
    var metadata = Metadata.of(object);
    if (!Metadata.isDeleting(object)) {
      countDeletion(object);
      metadata.put("deletionTimestamp", target.now());
    }
    metadata.put("deletionGracePeriodSeconds", 0);
    return ChangeRules.store(target, object, current);
  }

  private static void countDeletion(ObjectNode object) {
    if (Json.number(Metadata.of(object), "generation", 0) > 0) {
      Metadata.bumpGeneration(object);
    }
  }

  private static MutationResult removed(MutationTarget target, ObjectNode last) {
    return new MutationResult.Removed(Metadata.arranged(last), target.warnings());
  }

  /// The finalizers that stand once the options, or else what is there already, have decided about
  /// dependents.
  private static List<String> finalizers(ObjectNode object, DeleteOptions options) {
    var present = Metadata.finalizers(object);
    var finalizers = new ArrayList<>(present);
    finalizers.removeAll(List.of(ORPHAN, FOREGROUND));
    if (orphans(options, present)) {
      finalizers.add(ORPHAN);
    }
    if (deletesInForeground(options, present)) {
      finalizers.add(FOREGROUND);
    }
    return finalizers;
  }

  private static boolean orphans(DeleteOptions options, List<String> present) {
    var orphan = options.orphanDependents();
    if (orphan != null) {
      return orphan;
    }
    var policy = options.propagationPolicy();
    return policy != null ? policy.equals("Orphan") : present.contains(ORPHAN);
  }

  private static boolean deletesInForeground(DeleteOptions options, List<String> present) {
    if (options.orphanDependents() != null) {
      return false;
    }
    var policy = options.propagationPolicy();
    return policy != null
        ? policy.equals("Foreground")
        : present.contains(FOREGROUND) && !present.contains(ORPHAN);
  }
}
