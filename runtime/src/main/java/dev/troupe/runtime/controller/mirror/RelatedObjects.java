package dev.troupe.runtime.controller.mirror;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.view.Decoder;
import dev.troupe.runtime.controller.view.Sight;
import dev.troupe.runtime.resource.StoredResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which objects relate to which reconciled ones, in both directions: for the view, and for waking.
public final class RelatedObjects<R extends HasMetadata> {

  private static final Optional<String> NOBODY = Optional.empty();

  private final Relations<R> relations;
  private final Mirror mirror;
  private final Decoder decoder;
  private final TypeRef reconciled;

  /// Reconciled objects that the controller does not want.
  private final Set<ResourceKey> unwanted = new HashSet<>();

  private final Map<String, ResourceKey> byUid = new HashMap<>();

  /// Reconciled objects whose relations the controller cannot tell.
  private final Faults faults = new Faults();

  /// Watched objects of which the controller cannot tell whom they concern.
  private final Faults watchFaults = new Faults();

  /// Per relation: what the reconciled object refers to or what watched objects concern, and back.
  private final Map<Relation<R>, Links> links = new HashMap<>();

  /// Per selecting relation: the labels that each reconciled object selects.
  private final Map<Relation<R>, Selectors> selectors = new HashMap<>();

  public RelatedObjects(Relations<R> relations, Mirror mirror, Decoder decoder) {
    this.relations = relations;
    this.mirror = mirror;
    this.decoder = decoder;
    this.reconciled = relations.reconciled();
    for (var relation : relations.all()) {
      switch (relation) {
        case Relation.Owns<R> _, Relation.SiblingsOwn<R> _ -> {}
        case Relation.Selects<R> selects -> selectors.put(selects, new Selectors());
        case Relation.Watches<R, ?> watches -> links.put(watches, new Links());
        case Relation.Refers<R> refers -> links.put(refers, new Links());
      }
    }
  }

  /// What a change of the mirror wakes. Keeps the links up to date.
  public Collection<Wake> changed(Mirror.Difference difference) {
    var resource = difference.after() == null ? difference.before() : difference.after();
    if (resource == null) {
      return List.of();
    }
    var wakes = new LinkedHashSet<Wake>();
    if (resource.key().type().equals(reconciled)) {
      changedReconciled(resource.key(), difference, wakes);
    }
    var cause = new Cause.RelatedChanged(resource.key());
    for (var relation : relations.all()) {
      if (relation.type().equals(resource.key().type())) {
        concerned(relation, resource.key(), difference)
            .forEach(key -> wakes.add(new Wake(key, cause)));
      }
    }
    return wakes;
  }

  /// Whom it concerns that an object has become what it is now: as if the change were undone and
  /// made again.
  public Collection<Wake> changedSince(Earlier earlier) {
    var key = earlier.key();
    if (!mirror.wants(key)) {
      return List.of();
    }
    var now = mirror.get(key);
    var before = earlier.object();
    if (before == null) {
      return changed(new Mirror.Difference(null, now));
    }
    var wakes = new LinkedHashSet<>(changed(new Mirror.Difference(now, before)));
    wakes.addAll(changed(new Mirror.Difference(before, now)));
    return wakes;
  }

  private void changedReconciled(
      ResourceKey key, Mirror.Difference difference, Collection<Wake> wakes) {
    var after = difference.after();
    if (difference.before() != null) {
      byUid.remove(difference.before().uid());
    }
    if (after != null) {
      byUid.put(after.uid(), key);
    }
    boolean wasWanted = difference.before() != null && !unwanted.contains(key);
    relate(key, after);
    if (after != null && !unwanted.contains(key)) {
      wakes.add(new Wake(key, wasWanted ? new Cause.Changed() : new Cause.Created()));
    } else if (wasWanted) {
      wakes.add(new Wake(key, new Cause.Changed()));
    }
  }

  /// If the controller throws, its object counts as wanted and as related to nothing.
  private void relate(ResourceKey key, @Nullable StoredResource object) {
    unwanted.remove(key);
    try {
      boolean wanted = object == null || !relations.conditional() || accepts(object);
      link(key, wanted ? object : null);
      if (!wanted) {
        unwanted.add(key);
      }
      faults.over(key);
    } catch (RuntimeException thrown) {
      faults.add(key, thrown);
      link(key, null);
    }
  }

  private boolean accepts(StoredResource object) {
    return relations.accepts(decoded(object));
  }

  private void link(ResourceKey key, @Nullable StoredResource object) {
    for (var relation : relations.all()) {
      switch (relation) {
        case Relation.Owns<R> _, Relation.SiblingsOwn<R> _, Relation.Watches<R, ?> _ -> {}
        case Relation.Selects<R> selects ->
            selectorsOf(selects)
                .put(key, object == null ? Map.of() : selects.selector().apply(decoded(object)));
        case Relation.Refers<R> refers ->
            linksOf(refers)
                .put(
                    key,
                    object == null
                        ? Set.of()
                        : keys(refers.type(), refers.references().apply(decoded(object))));
      }
    }
  }

  private Set<ResourceKey> concerned(
      Relation<R> relation, ResourceKey changed, Mirror.Difference difference) {
    var before = difference.before();
    var after = difference.after();
    return switch (relation) {
      case Relation.Owns<R> _ -> {
        var owners = new LinkedHashSet<String>();
        if (before != null) {
          owners.addAll(before.ownerUids());
        }
        if (after != null) {
          owners.addAll(after.ownerUids());
        }
        yield owners(changed, owners);
      }
      case Relation.Selects<R> selects -> selecting(selectorsOf(selects), before, after);
      case Relation.Refers<R> refers -> linksOf(refers).to(changed);
      case Relation.SiblingsOwn<R> _ -> Set.of();
      case Relation.Watches<R, ?> watches -> {
        var known = linksOf(watches);
        var concerned = new LinkedHashSet<>(known.from(changed));
        if (after == null) {
          watchFaults.over(changed);
        }
        known.put(changed, references(watches, changed, after));
        concerned.addAll(known.from(changed));
        concerned.removeIf(key -> mirror.get(key) == null || unwanted.contains(key));
        yield concerned;
      }
    };
  }

  private static Set<ResourceKey> selecting(
      Selectors selectors, @Nullable StoredResource before, @Nullable StoredResource after) {
    var selecting = new LinkedHashSet<ResourceKey>();
    if (before != null) {
      selecting.addAll(selectors.selecting(before));
    }
    if (after != null) {
      selecting.addAll(selectors.selecting(after));
    }
    return selecting;
  }

  /// Whom a watched object concerns; whom it concerned before, if the controller throws.
  private Set<ResourceKey> references(
      Relation.Watches<R, ?> watches, ResourceKey changed, @Nullable StoredResource after) {
    if (after == null || !watches.names(changed.name())) {
      return Set.of();
    }
    try {
      var concerned = keys(reconciled, watches.refs(decoder, after));
      watchFaults.over(changed);
      return concerned;
    } catch (RuntimeException thrown) {
      watchFaults.add(changed, thrown);
      return linksOf(watches).from(changed);
    }
  }

  /// The reconciled objects with one of these uids.
  private Set<ResourceKey> owners(ResourceKey owned, Set<String> uids) {
    var found = new LinkedHashSet<ResourceKey>();
    for (var uid : uids) {
      var owner = byUid.get(uid);
      if (owner != null && !unwanted.contains(owner)) {
        found.add(owner);
      }
    }
    found.remove(owned);
    return found;
  }

  /// What can be seen of an object now.
  public Sight look(ResourceKey key) {
    var object = mirror.get(key);
    if (faults.of(key) != null) {
      relate(key, object);
    }
    if (object == null || unwanted.contains(key)) {
      return Sight.NOTHING;
    }
    var found = new HashMap<TypeRef, Set<StoredResource>>();
    for (var relation : relations.all()) {
      var list = found.computeIfAbsent(relation.type(), _ -> new TreeSet<>(Sight.ORDER));
      switch (relation) {
        case Relation.Owns<R> owns -> add(list, mirror.held(owns.type()).owned(object.uid()));
        case Relation.Selects<R> selects -> {
          var labels = selectorsOf(selects).of(key);
          if (!labels.isEmpty()) {
            for (var candidate : mirror.held(selects.type()).in(key.namespace())) {
              if (candidate.labels().entrySet().containsAll(labels.entrySet())) {
                list.add(candidate);
              }
            }
          }
        }
        case Relation.Refers<R> refers -> add(list, linksOf(refers).from(key));
        case Relation.SiblingsOwn<R> shared -> addOfSiblings(list, shared, object);
        case Relation.Watches<R, ?> watches -> add(list, linksOf(watches).to(key));
      }
    }
    var related = new HashMap<TypeRef, List<StoredResource>>();
    found.forEach((type, list) -> related.put(type, List.copyOf(list)));
    return new Sight(object, related, faults.of(key));
  }

  private void addOfSiblings(
      Set<StoredResource> list, Relation.SiblingsOwn<R> relation, StoredResource object) {
    var owner = faults.of(object.key()) == null ? relation.owner().apply(decoded(object)) : NOBODY;
    for (var sibling : owner.map(mirror.held(reconciled)::owned).orElse(Set.of())) {
      var one = mirror.get(sibling);
      if (one != null) {
        add(list, mirror.held(relation.type()).owned(one.uid()));
      }
    }
  }

  /// What the controller has thrown since this was asked last.
  public List<Fault> faults() {
    var told = new ArrayList<>(faults.tell());
    told.addAll(watchFaults.tell());
    return told;
  }

  /// Whether it is known of all watched objects whom they concern.
  public boolean isCertain() {
    return watchFaults.isEmpty();
  }

  /// Whether it is an object to reconcile.
  public boolean holds(ResourceKey key) {
    return mirror.get(key) != null && !unwanted.contains(key);
  }

  /// Every reconciled object there is.
  public List<ResourceKey> all() {
    return mirror.all(reconciled).stream()
        .map(StoredResource::key)
        .filter(key -> !unwanted.contains(key))
        .toList();
  }

  private void add(Set<StoredResource> list, Set<ResourceKey> keys) {
    for (var key : keys) {
      var resource = mirror.get(key);
      if (resource != null) {
        list.add(resource);
      }
    }
  }

  private R decoded(StoredResource resource) {
    return decoder.shared(resource, relations.reconciledClass());
  }

  private static Set<ResourceKey> keys(TypeRef type, List<Observe.Ref> refs) {
    var keys = new LinkedHashSet<ResourceKey>();
    refs.forEach(ref -> keys.add(new ResourceKey(type, ref.namespace(), ref.name())));
    return keys;
  }

  private Links linksOf(Relation<R> relation) {
    return present(links, relation);
  }

  private Selectors selectorsOf(Relation<R> relation) {
    return present(selectors, relation);
  }

  private static <K, V> V present(Map<K, V> map, K key) {
    var value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("relation is not indexed: " + key);
    }
    return value;
  }
}
