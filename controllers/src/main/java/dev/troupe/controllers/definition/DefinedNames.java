package dev.troupe.controllers.definition;

import dev.troupe.api.controller.Change;
import dev.troupe.api.resource.ResourceKey;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which names the definitions of each group have been given: a fold of all definitions.
public final class DefinedNames {

  private record Named(String group, TakenNames names, boolean isAccepted) {}

  private final Map<ResourceKey, Named> all = new HashMap<>();
  private final Set<ResourceKey> hopeful = new HashSet<>();

  void apply(Change change) {
    var before = all.get(change.key());
    var definition = change.deleted() ? null : change.once(CustomResourceDefinition.class);
    if (definition == null) {
      all.remove(change.key());
    } else {
      var status = definition.getStatus();
      var accepted = status == null ? null : status.getAcceptedNames();
      all.put(
          change.key(),
          new Named(
              definition.getSpec().getGroup(),
              names(accepted),
              DefinitionConditions.isTrue(definition, DefinitionConditions.NAMES_ACCEPTED)));
    }
    if (before != null && !before.equals(all.get(change.key()))) {
      waiting(before.group()).forEach(hopeful::add);
    }
  }

  private Stream<ResourceKey> waiting(String group) {
    return all.entrySet().stream()
        .filter(each -> each.getValue().group().equals(group) && !each.getValue().isAccepted())
        .map(Map.Entry::getKey);
  }

  /// Those of whom a name may have become free since this was called last.
  Collection<ResourceKey> takeHopeful() {
    var taken = List.copyOf(hopeful);
    hopeful.clear();
    return taken;
  }

  /// What the other definitions of its group have.
  TakenNames ofOthers(ResourceKey definition, String group) {
    return all.entrySet().stream()
        .filter(each -> !each.getKey().equals(definition) && each.getValue().group().equals(group))
        .map(each -> each.getValue().names())
        .reduce(TakenNames.NONE, TakenNames::and);
  }

  /// A definition is being given names: whoever comes next must not have them, although nobody has
  /// seen that they are written down.
  void assume(ResourceKey key, String group, CustomResourceDefinitionStatus status) {
    all.put(key, new Named(group, names(status.getAcceptedNames()), true));
  }

  private static TakenNames names(@Nullable CustomResourceDefinitionNames names) {
    if (names == null) {
      return TakenNames.NONE;
    }
    var resources = new ArrayList<>(AcceptedNames.shortNames(names));
    add(resources, names.getPlural());
    add(resources, names.getSingular());
    var kinds = new ArrayList<String>();
    add(kinds, names.getKind());
    add(kinds, names.getListKind());
    return new TakenNames(new HashSet<>(resources), new HashSet<>(kinds));
  }

  private static void add(List<String> names, @Nullable String name) {
    if (name != null && !name.isEmpty()) {
      names.add(name);
    }
  }
}
