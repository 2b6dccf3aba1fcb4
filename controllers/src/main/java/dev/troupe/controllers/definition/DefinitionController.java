package dev.troupe.controllers.definition;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/// Gives each definition of a type the names that it asks for and that are free in its group, and
/// says when the type is established: from then on it is served. Of a deleted one it removes what
/// there is before it goes.
public final class DefinitionController implements CollectionController<DefinedNames> {

  private final TakenNames.OfBuiltIn builtIn;

  /// @param builtIn what nobody can define
  public DefinitionController(TakenNames.OfBuiltIn builtIn) {
    this.builtIn = builtIn;
  }

  @Override
  public String name() {
    return "definition";
  }

  @Override
  public List<Class<? extends HasMetadata>> follows() {
    return List.of(CustomResourceDefinition.class);
  }

  @Override
  public DefinedNames initial() {
    return new DefinedNames();
  }

  @Override
  public DefinedNames apply(DefinedNames state, Change change) {
    state.apply(change);
    return state;
  }

  @Override
  public Collection<ResourceKey> concerns(DefinedNames state, Change change) {
    var concerned = new LinkedHashSet<>(state.takeHopeful());
    if (!change.deleted()) {
      concerned.add(change.key());
    }
    return concerned;
  }

  @Override
  public Plan decide(DefinedNames state, Change latest, Cause cause, Instant now) {
    var definition = latest.once(CustomResourceDefinition.class);
    if (definition == null) {
      return Plan.nothing();
    }
    return definition.getMetadata().getDeletionTimestamp() == null
        ? accept(state, latest.key(), definition)
        : new DefinitionEnd(latest.key(), definition, cause, now).plan();
  }

  private Plan accept(DefinedNames state, ResourceKey key, CustomResourceDefinition definition) {
    var spec = definition.getSpec();
    var group = spec.getGroup();
    var status = definition.getStatus();
    var accepted =
        AcceptedNames.of(
            spec.getNames(),
            status == null ? null : status.getAcceptedNames(),
            builtIn.of(group).and(state.ofOthers(key, group)));
    var conditions = DefinitionConditions.of(definition);
    if (accepted.reason() == null) {
      conditions
          .say(DefinitionConditions.NAMES_ACCEPTED, true, "NoConflicts", "no conflicts found")
          .say(
              DefinitionConditions.ESTABLISHED,
              true,
              "InitialNamesAccepted",
              "the initial names have been accepted");
    } else {
      conditions.say(
          DefinitionConditions.NAMES_ACCEPTED, false, accepted.reason(), accepted.message());
      if (!conditions.isTrue(DefinitionConditions.ESTABLISHED)) {
        conditions.say(
            DefinitionConditions.ESTABLISHED, false, "NotAccepted", "not all names are accepted");
      }
    }
    var next = new CustomResourceDefinitionStatus();
    next.setConditions(conditions.sayApproved(definition).all());
    next.setAcceptedNames(accepted.names());
    next.setStoredVersions(storedVersions(definition));
    if (accepted.reason() == null) {
      state.assume(key, group, next);
    }
    return Plan.nothing().status(next);
  }

  /// In which versions there may be objects: the present one, and those that were it before.
  private static List<String> storedVersions(CustomResourceDefinition definition) {
    var status = definition.getStatus();
    var stored = new ArrayList<String>();
    if (status != null && status.getStoredVersions() != null) {
      stored.addAll(status.getStoredVersions());
    }
    for (var version : definition.getSpec().getVersions()) {
      if (Boolean.TRUE.equals(version.getStorage()) && !stored.contains(version.getName())) {
        stored.add(version.getName());
      }
    }
    return stored;
  }
}
