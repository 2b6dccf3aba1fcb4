package dev.troupe.runtime.controller.logic;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.settings.ControllerSettings;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.KnownTypes;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.logic.state.BackOff;
import dev.troupe.runtime.controller.logic.state.Profile;
import dev.troupe.runtime.controller.mirror.Earlier;
import dev.troupe.runtime.controller.mirror.Fault;
import dev.troupe.runtime.controller.mirror.Faults;
import dev.troupe.runtime.controller.mirror.Mirror;
import dev.troupe.runtime.controller.mirror.Wake;
import dev.troupe.runtime.controller.plan.PlanWriter;
import dev.troupe.runtime.controller.view.Decoder;
import dev.troupe.runtime.controller.view.Sight;
import dev.troupe.runtime.controller.view.StoredChange;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The host's logic of a [CollectionController]: a fold over the changes, and decisions by it.
public final class CollectionHostLogic<S> implements HostLogic {

  private final CollectionController<S> controller;
  private final Types types;
  private final Decoder decoder;
  private final Profile profile;
  private final Mirror mirror;
  private final Set<ResourceKey> atStart = new LinkedHashSet<>();

  /// Changes that the controller has thrown at, by their objects; made again when it is looked at
  /// the object again.
  private final Map<ResourceKey, StoredChange> unfolded = new HashMap<>();

  private final Faults faults = new Faults();
  private final List<Wake> owed = new ArrayList<>();
  private final List<ResourceKey> gone = new ArrayList<>();
  private S state;
  private boolean started;

  /// Those that [#followed] was found out by.
  private KnownTypes known;

  /// As the controller says itself, but for how long it backs off.
  ///
  /// @throws IllegalArgumentException if the controller names a type that is not served
  public CollectionHostLogic(
      CollectionController<S> controller, Types types, Decoder decoder, BackOff backOff) {
    this(controller, types, decoder, controller.settings(), backOff);
  }

  /// @throws IllegalArgumentException if the controller names a type that is not served
  public CollectionHostLogic(
      CollectionController<S> controller,
      Types types,
      Decoder decoder,
      ControllerSettings settings) {
    this(controller, types, decoder, settings, BackOff.of(settings));
  }

  private CollectionHostLogic(
      CollectionController<S> controller,
      Types types,
      Decoder decoder,
      ControllerSettings settings,
      BackOff backOff) {
    this.controller = controller;
    this.types = types;
    this.decoder = decoder;
    this.profile =
        new Profile(
            controller.name(),
            controller.component(),
            controller.fieldManager(),
            "",
            false,
            backOff,
            new PlanWriter(types, Set.of()),
            ObjectHostLogic.loader(controller),
            settings);
    this.known = types.registry().now();
    this.mirror = new Mirror(followed(controller, types, known));
    this.state = controller.initial();
  }

  private static boolean followsAll(CollectionController<?> controller) {
    var classes = controller.follows();
    return classes.isEmpty() || classes.stream().anyMatch(Types::any);
  }

  private static Set<TypeRef> followed(
      CollectionController<?> controller, Types types, KnownTypes known) {
    var followed = new LinkedHashSet<TypeRef>();
    if (followsAll(controller)) {
      known.all().stream()
          .filter(ResourceType::stored)
          .map(ResourceType::ref)
          .filter(Predicate.not(controller.ignores()::contains))
          .forEach(followed::add);
    } else {
      controller.follows().forEach(type -> followed.add(types.of(type)));
    }
    return followed;
  }

  @Override
  public Profile profile() {
    return profile;
  }

  @Override
  public Set<TypeRef> followed() {
    return mirror.followed();
  }

  @Override
  public Set<TypeRef> newlyFollowed() {
    var now = types.registry().now();
    if (now.equals(known) || !followsAll(controller)) {
      return Set.of();
    }
    known = now;
    var wanted = followed(controller, types, now);
    mirror.dropEmpty(wanted);
    wanted.removeAll(mirror.followed());
    mirror.follow(wanted);
    return wanted;
  }

  @Override
  public Collection<Wake> load(TypeRef type, Iterator<StoredResource> listed, long version) {
    var changes =
        mirror.load(type, listed, version).stream().map(one -> change(one, version)).toList();
    var wakes = new ArrayList<Wake>();
    var folded = new ArrayList<StoredChange>();
    for (var change : changes) {
      if (folds(change)) {
        folded.add(change);
      } else {
        wakes.add(failing(change));
      }
    }
    folded.forEach(change -> wakes.addAll(concerned(change)));
    if (started) {
      return wakes;
    }
    wakes.forEach(wake -> atStart.add(wake.key()));
    return List.of();
  }

  @Override
  public Collection<Wake> started() {
    started = true;
    var wakes = atStart.stream().map(key -> new Wake(key, new Cause.Started())).toList();
    atStart.clear();
    return wakes;
  }

  /// Its state may tell what it has decided, such as who waits in a queue: that is not in the
  /// objects, so it is asked about all whom they concern.
  @Override
  public boolean resumes() {
    return false;
  }

  @Override
  public Collection<Wake> resumed(Collection<Earlier> changed) {
    throw new IllegalStateException(profile.controller() + " does not go on from a position");
  }

  @Override
  public boolean holds(ResourceKey key) {
    return mirror.get(key) != null;
  }

  @Override
  public boolean isCertain() {
    return true;
  }

  @Override
  public Collection<Wake> changed(StoredResource resource, boolean deleted) {
    var difference = mirror.changed(resource, deleted);
    if (difference == null) {
      return List.of();
    }
    return told(change(difference, resource.version()));
  }

  private Collection<Wake> told(StoredChange change) {
    return folds(change) ? concerned(change) : List.of(failing(change));
  }

  /// Whether the controller accepts the change.
  private boolean folds(StoredChange change) {
    try {
      state = controller.apply(state, change);
      unfolded.remove(change.key());
      faults.over(change.key());
      return true;
    } catch (RuntimeException thrown) {
      failed(change, thrown);
      return false;
    }
  }

  private Collection<Wake> concerned(StoredChange change) {
    try {
      return controller.concerns(state, change).stream()
          .map(key -> new Wake(key, cause(key, change)))
          .toList();
    } catch (RuntimeException thrown) {
      failed(change, thrown);
      return List.of(failing(change));
    }
  }

  private void failed(StoredChange change, RuntimeException thrown) {
    unfolded.put(change.key(), change);
    faults.add(change.key(), thrown);
  }

  private static Wake failing(StoredChange change) {
    return new Wake(change.key(), cause(change.key(), change));
  }

  private StoredChange change(Mirror.Difference difference, long version) {
    var after = difference.after();
    var before = difference.before();
    if (after != null) {
      return new StoredChange(after, after.version(), false, before == null, types, decoder);
    }
    if (before == null) {
      throw new IllegalStateException("a change from nothing to nothing");
    }
    gone.add(before.key());
    return new StoredChange(before, version, true, false, types, decoder);
  }

  private static Cause cause(ResourceKey key, StoredChange change) {
    if (!key.equals(change.key())) {
      return new Cause.RelatedChanged(change.key());
    }
    return change.created() ? new Cause.Created() : new Cause.Changed();
  }

  @Override
  public void reached(TypeRef type, long version) {
    mirror.reached(type, version);
  }

  @Override
  public boolean reached(Map<ResourceKey, Long> floor) {
    return mirror.reached(floor);
  }

  @Override
  public long version(TypeRef type) {
    return mirror.version(type);
  }

  @Override
  public Sight look(ResourceKey key) {
    var again = unfolded.remove(key);
    if (again != null) {
      owed.addAll(told(again));
      owed.removeIf(wake -> wake.key().equals(key));
    }
    var object = mirror.get(key);
    if (object == null) {
      unfolded.remove(key);
      faults.over(key);
    }
    return new Sight(object, Map.of(), faults.of(key));
  }

  @Override
  public List<Fault> faults() {
    return faults.tell();
  }

  @Override
  public Collection<Wake> owed() {
    var owing = List.copyOf(owed);
    owed.clear();
    return owing;
  }

  /// Whom a deletion concerns the controller says; that it has decided about the deleted object
  /// itself only the host knows.
  @Override
  public Collection<ResourceKey> gone() {
    var left = List.copyOf(gone);
    gone.clear();
    return left;
  }

  @Override
  public ObjectMessage.Planned reconcile(ObjectEffect.Reconcile asked) {
    var object = asked.sight().object();
    if (object == null) {
      throw new IllegalStateException("nothing is decided about an object that is gone");
    }
    var latest = new StoredChange(object, object.version(), false, false, types, decoder);
    var plan = controller.decide(state, latest, asked.cause(), asked.now());
    if (!plan.memories().isEmpty()) {
      throw Recollection.ofNobody(profile.controller(), object.key());
    }
    return new ObjectMessage.Planned(asked.number(), plan);
  }

  @Override
  public boolean serial() {
    return true;
  }

  /// Objects of several types share the collection, so the name tells them apart.
  @Override
  public ResourceKey decisionKey(ResourceKey key) {
    var collection = new TypeRef(PartitionId.CONTROLLERS, profile.controller());
    return new ResourceKey(collection, key.namespace(), key.type() + ":" + key.name());
  }
}
