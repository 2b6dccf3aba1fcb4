package dev.troupe.runtime.controller.plan;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.ownership.merging.AppliedFields;
import dev.troupe.resources.schema.shape.MergeShape;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.controller.view.Sight;
import dev.troupe.runtime.controller.view.Types;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Turns what a plan asks for into mutations, with the preconditions it was decided under.
public final class PlanWriter {

  /// No object has it: whoever applies it creates.
  private static final String NO_OBJECT = "1";

  private final Types types;
  private final Set<TypeRef> owned;
  private final UnplannedChildren unplanned;
  private final String applier;

  /// Of a controller that merges what it plans, and prunes nothing.
  ///
  /// @param owned the types whose owned objects are all in sight: one that is not seen does not
  ///   exist, and must not be taken over if it does
  public PlanWriter(Types types, Set<TypeRef> owned) {
    this(types, owned, Set.of(), "");
  }

  /// @param pruned those of the owned types of which no others shall be there than those planned
  /// @param applier who applies what is planned; empty to merge it
  public PlanWriter(Types types, Set<TypeRef> owned, Set<TypeRef> pruned, String applier) {
    this.types = types;
    this.owned = Set.copyOf(owned);
    this.unplanned = new UnplannedChildren(types, pruned);
    this.applier = applier;
  }

  /// The plan with what its author leaves to the runtime.
  public Plan complete(Plan plan, Subject subject) {
    if (!applies() || plan.writes().stream().noneMatch(Write.Status.class::isInstance)) {
      return plan;
    }
    return plan.withWrites(
        plan.writes().stream()
            .map(write ->
                write instanceof Write.Status(var status)
                    ? new Write.Status(StatusFields.complete(status, plan.waits(), subject))
                    : write)
            .toList());
  }

  private boolean applies() {
    return !applier.isEmpty();
  }

  /// The writes of the plan that would change something, as far as can be seen; last the deletions
  /// of what it does not list any more.
  ///
  /// @throws IllegalArgumentException if the plan makes no sense
  public List<Write> changing(Plan plan, Subject subject, Sight sight, Instant now) {
    var rules = new PlanRules(types, subject);
    rules.check(plan);
    var changing = new ArrayList<Write>();
    for (var write : plan.writes()) {
      if (differs(write, subject, sight, now, rules)) {
        changing.add(write);
      }
    }
    changing.addAll(unplanned.of(plan, subject, sight));
    return changing;
  }

  private boolean differs(Write write, Subject subject, Sight sight, Instant now, PlanRules rules) {
    return switch (write) {
      case Write.Own(var object) -> differs(object, subject, sight, true, rules);
      case Write.Apply(var object) -> differs(object, subject, sight, false, rules);
      case Write.Status(var status) -> {
        var patch = statusPatch(status, subject, now);
        rules.weigh(patch);
        yield !patch.isEmpty();
      }
      case Write.Patch patch -> {
        rules.weigh(patch.patch());
        yield true;
      }
      case Write.Delete _, Write.Bind _ -> true;
    };
  }

  private boolean differs(
      HasMetadata object, Subject subject, Sight sight, boolean owns, PlanRules rules) {
    var planned = PlannedObject.tree(object, types, subject, owns);
    rules.weigh(planned);
    if (object.getMetadata().getName() == null) {
      return true;
    }
    planned.remove("status");
    var current = sight.find(PlannedObject.key(object, types, subject));
    if (current == null) {
      return true;
    }
    var live = ControllerJson.object(current.json());
    return applies()
        ? isToBeApplied(types.shape(object), live, planned)
        : !Differences.contains(live, planned);
  }

  private boolean isToBeApplied(MergeShape shape, ObjectNode live, ObjectNode planned) {
    boolean changes =
        !Differences.contains(live, planned) && AppliedFields.change(live, planned, shape);
    return changes || !AppliedFields.areAllOf(applier, live, planned, shape);
  }

  /// @param index the place of the write in the plan
  /// @param written the versions that earlier writes of the same plan gave their objects
  public PlannedWrite write(
      Write write,
      int index,
      Subject subject,
      Sight sight,
      Map<ResourceKey, Long> written,
      Stamp stamp) {
    var key = stamp.mutationKey(index);
    return switch (write) {
      case Write.Own(var object) -> child(object, subject, sight, true, key, stamp);
      case Write.Apply(var object) -> child(object, subject, sight, false, key, stamp);
      case Write.Status(var status) ->
          status(statusPatch(status, subject, stamp.now()), subject, written, key, stamp);
      case Write.Patch patch -> patch(patch, key, stamp);
      case Write.Delete delete -> delete(delete, key, stamp);
      case Write.Bind bind -> bind(bind, key, stamp);
    };
  }

  private PlannedWrite child(
      HasMetadata object, Subject subject, Sight sight, boolean owns, String key, Stamp stamp) {
    var planned = PlannedObject.named(PlannedObject.tree(object, types, subject, owns), key);
    var metadata = planned.withObjectProperty("metadata");
    var target =
        new ResourceKey(
            types.of(object).ref(),
            PlannedObject.key(object, types, subject).namespace(),
            metadata.path("name").asString());
    var current = sight.find(target);
    boolean isNew = current == null && owns && owned.contains(target.type());
    if (current != null) {
      metadata.put("uid", current.uid());
    }
    if (current != null || applies()) {
      planned.remove("status");
    }
    if (applies() && isNew) {
      metadata.put("resourceVersion", NO_OBJECT);
    }
    var mutation = mutation(planned, isNew);
    return creating(target, object.getApiVersion(), mutation, key, stamp);
  }

  private Mutation mutation(ObjectNode planned, boolean isNew) {
    if (applies()) {
      return new Mutation.Apply(planned, true);
    }
    return isNew ? new Mutation.Create(planned) : new Mutation.Merge(planned);
  }

  private static PlannedWrite creating(
      ResourceKey target, String apiVersion, Mutation mutation, String key, Stamp stamp) {
    return new PlannedWrite(
        target,
        apiVersion,
        Subresources.WHOLE,
        mutation,
        key,
        Stamp.uid(key),
        stamp.cause(),
        stamp.fieldManager(),
        true,
        false,
        false);
  }

  private static PlannedWrite status(
      ObjectNode status, Subject subject, Map<ResourceKey, Long> written, String key, Stamp stamp) {
    var patch = ControllerJson.empty();
    long version = written.getOrDefault(subject.key(), subject.version());
    patch
        .putObject("metadata")
        .put("uid", subject.uid())
        .put("resourceVersion", Version.format(version));
    patch.set("status", status);
    return changing(
        subject.key(),
        subject.apiVersion(),
        Subresources.STATUS,
        new Mutation.Patch(Mutation.PatchType.MERGE, patch),
        key,
        stamp);
  }

  private PlannedWrite patch(Write.Patch wanted, String key, Stamp stamp) {
    var patch = (ObjectNode) ControllerJson.tree(wanted.patch());
    if (wanted.uid() != null) {
      patch.withObjectProperty("metadata").put("uid", wanted.uid());
    }
    if (wanted.resourceVersion() != null) {
      patch.withObjectProperty("metadata").put("resourceVersion", wanted.resourceVersion());
    }
    return new PlannedWrite(
        wanted.key(),
        types.of(wanted.key().type()).storage().apiVersion(),
        Subresources.named(wanted.subresource()),
        new Mutation.Patch(Mutation.PatchType.MERGE, patch),
        key,
        "",
        stamp.cause(),
        stamp.fieldManager(),
        false,
        false,
        false);
  }

  private PlannedWrite delete(Write.Delete wanted, String key, Stamp stamp) {
    var propagation =
        switch (wanted.propagation()) {
          case BACKGROUND -> "Background";
          case FOREGROUND -> "Foreground";
          case ORPHAN -> "Orphan";
        };
    var options =
        new Mutation.DeleteOptions(
            wanted.gracePeriodSeconds(), propagation, null, wanted.uid(), wanted.resourceVersion());
    return new PlannedWrite(
        wanted.key(),
        types.of(wanted.key().type()).storage().apiVersion(),
        Subresources.WHOLE,
        new Mutation.Delete(options),
        key,
        "",
        stamp.cause(),
        stamp.fieldManager(),
        false,
        true,
        wanted.uid() != null && wanted.resourceVersion() == null);
  }

  private static PlannedWrite bind(Write.Bind wanted, String key, Stamp stamp) {
    var binding = ControllerJson.empty().put("apiVersion", "v1").put("kind", "Binding");
    binding
        .putObject("metadata")
        .put("name", wanted.pod().name())
        .put("namespace", wanted.pod().namespace())
        .put("uid", wanted.uid());
    binding
        .putObject("target")
        .put("apiVersion", "v1")
        .put("kind", "Node")
        .put("name", wanted.node());
    return changing(
        wanted.pod(), "v1", Subresources.BINDING, new Mutation.Create(binding), key, stamp);
  }

  /// Puts the finalizer on the object, or takes it off.
  public PlannedWrite finalizer(String name, boolean on, Subject subject, Stamp stamp) {
    var finalizers = new ArrayList<String>(subject.finalizers());
    finalizers.remove(name);
    if (on) {
      finalizers.add(name);
    }
    var patch = ControllerJson.empty();
    var metadata = patch.putObject("metadata");
    metadata.put("uid", subject.uid());
    metadata.put("resourceVersion", Version.format(subject.version()));
    metadata.set("finalizers", ControllerJson.tree(finalizers));
    return changing(
        subject.key(),
        subject.apiVersion(),
        Subresources.WHOLE,
        new Mutation.Patch(Mutation.PatchType.MERGE, patch),
        stamp.mutationKey(on ? "finalizer" : "release"),
        stamp);
  }

  /// A change of an object that need not exist any more.
  private static PlannedWrite changing(
      ResourceKey target,
      String apiVersion,
      Subresource subresource,
      Mutation mutation,
      String key,
      Stamp stamp) {
    return new PlannedWrite(
        target,
        apiVersion,
        subresource,
        mutation,
        key,
        "",
        stamp.cause(),
        stamp.fieldManager(),
        false,
        true,
        false);
  }

  private static ObjectNode statusPatch(Object status, Subject subject, Instant now) {
    var current = subject.tree().path("status");
    var planned =
        Differences.withTransitions(current, (ObjectNode) ControllerJson.tree(status), now);
    return Differences.patch(
        current instanceof ObjectNode there ? there : ControllerJson.empty(), planned);
  }
}
