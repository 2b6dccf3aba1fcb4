package dev.troupe.runtime.controller.logic;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Controller.Manner;
import dev.troupe.api.controller.settings.ControllerSettings;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.logic.state.BackOff;
import dev.troupe.runtime.controller.logic.state.Profile;
import dev.troupe.runtime.controller.mirror.Earlier;
import dev.troupe.runtime.controller.mirror.Fault;
import dev.troupe.runtime.controller.mirror.Mirror;
import dev.troupe.runtime.controller.mirror.RelatedObjects;
import dev.troupe.runtime.controller.mirror.Relations;
import dev.troupe.runtime.controller.mirror.Wake;
import dev.troupe.runtime.controller.plan.PlanWriter;
import dev.troupe.runtime.controller.view.Decoder;
import dev.troupe.runtime.controller.view.Sight;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.PartitionId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The host's logic of a [Controller]: one reconcile per object, with a view of what relates to it.
public final class ObjectHostLogic<R extends HasMetadata> implements HostLogic {

  private final Profile profile;
  private final Mirror mirror;
  private final RelatedObjects<R> related;
  private final Reconciler<R> reconciler;

  /// What has changed while not all was listed yet, as it was before: whom that concerns may not
  /// have been there to be woken.
  private final Map<ResourceKey, Earlier> early = new HashMap<>();

  private boolean started;

  /// As the controller says itself, but for how long it backs off.
  ///
  /// @throws IllegalArgumentException if the controller names a type that is not served
  public ObjectHostLogic(Controller<R> controller, Types types, Decoder decoder, BackOff backOff) {
    this(controller, types, decoder, controller.settings(), backOff);
  }

  /// @throws IllegalArgumentException if the controller names a type that is not served
  public ObjectHostLogic(
      Controller<R> controller, Types types, Decoder decoder, ControllerSettings settings) {
    this(controller, types, decoder, settings, BackOff.of(settings));
  }

  private ObjectHostLogic(
      Controller<R> controller,
      Types types,
      Decoder decoder,
      ControllerSettings settings,
      BackOff backOff) {
    var relations = Relations.of(controller, types);
    this.profile =
        new Profile(
            controller.name(),
            controller.component(),
            controller.fieldManager(),
            controller.finalizer(),
            true,
            backOff,
            new PlanWriter(types, relations.owned(), relations.ownedAll(), applier(controller)),
            loader(controller),
            settings);
    this.mirror = new Mirror(relations.followed(), relations::concern);
    this.related = new RelatedObjects<>(relations, mirror, decoder);
    this.reconciler = new Reconciler<>(controller, types, decoder);
  }

  private static String applier(Controller<?> controller) {
    return controller.manner() == Manner.APPLIED ? controller.fieldManager() : "";
  }

  static ClassLoader loader(Object controller) {
    var loader = controller.getClass().getClassLoader();
    return loader == null ? ClassLoader.getSystemClassLoader() : loader;
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
  public Collection<Wake> load(TypeRef type, Iterator<StoredResource> listed, long version) {
    var wakes = new ArrayList<Wake>();
    for (var difference : mirror.load(type, listed, version)) {
      wakes.addAll(related.changed(difference));
    }
    return started ? wakes : List.of();
  }

  @Override
  public Collection<Wake> started() {
    started = true;
    early.clear();
    return related.all().stream().map(key -> new Wake(key, new Cause.Started())).toList();
  }

  @Override
  public boolean resumes() {
    return true;
  }

  @Override
  public Collection<Wake> resumed(Collection<Earlier> changed) {
    started = true;
    var all = Stream.concat(changed.stream(), early.values().stream());
    var wakes = all.flatMap(one -> related.changedSince(one).stream()).toList();
    early.clear();
    return wakes;
  }

  @Override
  public Collection<ResourceKey> all() {
    return related.all();
  }

  @Override
  public boolean holds(ResourceKey key) {
    return related.holds(key);
  }

  @Override
  public boolean isCertain() {
    return related.isCertain();
  }

  @Override
  public Collection<Wake> changed(StoredResource resource, boolean deleted) {
    var difference = mirror.changed(resource, deleted);
    if (difference == null) {
      return List.of();
    }
    if (!started) {
      early.putIfAbsent(resource.key(), new Earlier(resource.key(), difference.before()));
    }
    return related.changed(difference);
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
    return related.look(key);
  }

  @Override
  public List<Fault> faults() {
    return related.faults();
  }

  @Override
  public Collection<Wake> owed() {
    return List.of();
  }

  /// Whoever is reconciled is woken when it goes.
  @Override
  public Collection<ResourceKey> gone() {
    return List.of();
  }

  @Override
  public ObjectMessage.Planned reconcile(ObjectEffect.Reconcile asked) {
    return reconciler.reconcile(asked);
  }

  @Override
  public boolean serial() {
    return false;
  }

  @Override
  public ResourceKey decisionKey(ResourceKey key) {
    var collection = new TypeRef(PartitionId.CONTROLLERS, profile.controller());
    return new ResourceKey(collection, key.namespace(), key.name());
  }
}
