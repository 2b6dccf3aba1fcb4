package dev.troupe.runtime.controller.plan;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.controller.view.Sight;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.StoredResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Turns what a plan asks for into mutations, with the preconditions it was decided under.
public final class PlanWriter {

  private static final List<String> GIVEN_BY_THE_STORE =
      List.of("uid", "resourceVersion", "generation", "creationTimestamp", "managedFields");

  private final Types types;
  private final Set<TypeRef> owned;

  /// @param owned the types whose owned objects are all in sight: one that is not seen does not
  ///   exist, and must not be taken over if it does
  public PlanWriter(Types types, Set<TypeRef> owned) {
    this.types = types;
    this.owned = Set.copyOf(owned);
  }

  /// Whether the write would change something, as far as can be seen.
  ///
  /// @throws IllegalArgumentException if it names a type that is not served
  public boolean differs(Plan.Write write, Subject subject, Sight sight, Instant now) {
    return switch (write) {
      case Plan.Write.Own(var object) -> differs(planned(object, subject), object, sight);
      case Plan.Write.Apply(var object) -> differs(planned(object, null), object, sight);
      case Plan.Write.Status(var status) -> !statusPatch(status, subject, now).isEmpty();
      case Plan.Write.Patch _, Plan.Write.Delete _, Plan.Write.Bind _ -> true;
    };
  }

  private boolean differs(ObjectNode planned, HasMetadata object, Sight sight) {
    if (object.getMetadata().getName() == null) {
      return true;
    }
    planned.remove("status");
    var current = sight.find(types.key(object));
    return current == null || !Differences.contains(ControllerJson.object(current.json()), planned);
  }

  /// @param index the place of the write in the plan
  /// @param written the versions that earlier writes of the same plan gave their objects
  public PlannedWrite write(
      Plan.Write write,
      int index,
      Subject subject,
      Sight sight,
      Map<ResourceKey, Long> written,
      Stamp stamp) {
    var key = stamp.mutationKey(index);
    return switch (write) {
      case Plan.Write.Own(var object) -> own(object, subject, sight, key, stamp);
      case Plan.Write.Apply(var object) -> apply(object, sight, key, stamp);
      case Plan.Write.Status(var status) ->
          status(statusPatch(status, subject, stamp.now()), subject, written, key, stamp);
      case Plan.Write.Patch patch -> patch(patch, key, stamp);
      case Plan.Write.Delete delete -> delete(delete, key, stamp);
      case Plan.Write.Bind bind -> bind(bind, key, stamp);
    };
  }

  private PlannedWrite own(
      HasMetadata object, Subject subject, Sight sight, String key, Stamp stamp) {
    var planned = named(planned(object, subject), key);
    var target = target(object, planned);
    var current = sight.find(target);
    if (current == null && owned.contains(target.type())) {
      return creating(target, object.getApiVersion(), new Mutation.Create(planned), key, stamp);
    }
    return merge(target, object.getApiVersion(), planned, current, key, stamp);
  }

  private PlannedWrite apply(HasMetadata object, Sight sight, String key, Stamp stamp) {
    var planned = named(planned(object, null), key);
    var target = target(object, planned);
    return merge(target, object.getApiVersion(), planned, sight.find(target), key, stamp);
  }

  private static PlannedWrite merge(
      ResourceKey target,
      String apiVersion,
      ObjectNode planned,
      @Nullable StoredResource current,
      String key,
      Stamp stamp) {
    if (current != null) {
      planned.withObjectProperty("metadata").put("uid", current.uid());
      planned.remove("status");
    }
    return creating(target, apiVersion, new Mutation.Merge(planned), key, stamp);
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

  private PlannedWrite patch(Plan.Write.Patch wanted, String key, Stamp stamp) {
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

  private PlannedWrite delete(Plan.Write.Delete wanted, String key, Stamp stamp) {
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

  private static PlannedWrite bind(Plan.Write.Bind wanted, String key, Stamp stamp) {
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

  private static ObjectNode planned(HasMetadata object, @Nullable Subject owner) {
    var planned = (ObjectNode) ControllerJson.tree(object);
    if (planned.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(GIVEN_BY_THE_STORE);
    }
    if (owner != null) {
      var metadata = planned.withObjectProperty("metadata");
      var references = metadata.withArrayProperty("ownerReferences");
      if (!List.copyOf(references.findValuesAsString("uid")).contains(owner.uid())) {
        references.add(owner.reference());
      }
    }
    return planned;
  }

  private static ObjectNode named(ObjectNode planned, String key) {
    var metadata = planned.withObjectProperty("metadata");
    if (metadata.path("name").asString("").isEmpty()) {
      metadata.put(
          "name", metadata.path("generateName").asString("") + Stamp.uid(key).substring(0, 5));
    }
    return planned;
  }

  private ResourceKey target(HasMetadata object, ObjectNode planned) {
    var type = types.of(object);
    var metadata = planned.path("metadata");
    return new ResourceKey(
        type.ref(),
        type.namespaced() ? metadata.path("namespace").asString("") : "",
        metadata.path("name").asString());
  }
}
