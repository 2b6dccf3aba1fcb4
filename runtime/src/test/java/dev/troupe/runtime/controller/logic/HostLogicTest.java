package dev.troupe.runtime.controller.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Observe.Ref;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.logic.state.BackOff;
import dev.troupe.runtime.controller.mirror.Earlier;
import dev.troupe.runtime.controller.mirror.Fault;
import dev.troupe.runtime.controller.mirror.Wake;
import dev.troupe.runtime.controller.view.Decoders;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.StoredResource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Controllers that throw when they are told of something.
class HostLogicTest {

  private static final TypeRef SERVICES = TypeRef.core("services");
  private static final TypeRef CONFIG_MAPS = TypeRef.core("configmaps");

  private final Types types = new Types(ResourceRegistry.standard());
  private boolean wellAgain;

  @Test
  void objectWhoseSelectorThrowsFailsAloneUntilItIsOver() {
    var logic = object();
    logic.load(
        SERVICES,
        List.of(resource(SERVICES, "bad", 1), resource(SERVICES, "good", 2)).iterator(),
        2);

    assertThat(logic.started()).extracting(Wake::key).contains(key(SERVICES, "bad"));
    assertThat(logic.look(key(SERVICES, "bad")).failure()).contains("no selector");
    assertThat(logic.look(key(SERVICES, "good")).failure()).isNull();
    assertThat(logic.faults()).extracting(Fault::key).containsExactly(key(SERVICES, "bad"));

    logic.changed(resource(SERVICES, "bad", 3), false);
    assertThat(logic.faults()).isEmpty();

    wellAgain = true;
    assertThat(logic.look(key(SERVICES, "bad")).failure()).isNull();
  }

  @Test
  void watchedObjectThatCannotBeDecodedKeepsNobodyFromGoingOn() {
    var logic = object();
    logic.load(SERVICES, List.of(resource(SERVICES, "good", 1)).iterator(), 1);
    logic.started();

    assertThat(logic.changed(broken("watched", 2), false)).isEmpty();

    assertThat(logic.faults()).extracting(Fault::key).containsExactly(key(CONFIG_MAPS, "watched"));
    assertThat(logic.changed(resource(CONFIG_MAPS, "watched", 3), false))
        .extracting(Wake::key)
        .containsExactly(key(SERVICES, "good"));
  }

  @Test
  void nothingIsCertainWhileAWatchedObjectCannotBeDecoded() {
    var logic = object();
    assertThat(logic.isCertain()).isTrue();

    logic.changed(broken("watched", 2), false);
    assertThat(logic.isCertain()).isFalse();

    logic.changed(resource(CONFIG_MAPS, "watched", 3), false);
    assertThat(logic.isCertain()).isTrue();
  }

  @Test
  void whoeverAWatchedObjectConcernedBeforeIsWokenWhenAControllerGoesOn() {
    var logic = object();
    logic.load(SERVICES, List.of(resource(SERVICES, "good", 1)).iterator(), 9);
    logic.load(CONFIG_MAPS, List.<StoredResource>of().iterator(), 9);
    var before = resource(CONFIG_MAPS, "watched", 3);

    assertThat(logic.resumed(List.of(new Earlier(before.key(), before))))
        .extracting(Wake::key)
        .containsExactly(key(SERVICES, "good"));
    assertThat(logic.resumed(List.of(new Earlier(before.key(), null)))).isEmpty();
  }

  @Test
  void watchedObjectOfAnotherNameIsNotDecoded() {
    var logic = object();

    assertThat(logic.changed(broken("other", 1), false)).isEmpty();
    assertThat(logic.faults()).isEmpty();
  }

  @Test
  void changeThatCannotBeFoldedFailsItsObjectAloneUntilItIsOver() {
    var logic =
        new CollectionHostLogic<>(
            new Folding(List.of(Service.class)), types, Decoders.fresh(), BackOff.STANDARD);
    logic.load(
        SERVICES,
        List.of(resource(SERVICES, "bad", 1), resource(SERVICES, "good", 2)).iterator(),
        2);
    assertThat(logic.started())
        .extracting(Wake::key)
        .containsExactlyInAnyOrder(key(SERVICES, "bad"), key(SERVICES, "good"));

    assertThat(logic.look(key(SERVICES, "bad")).failure()).contains("not foldable");
    assertThat(logic.look(key(SERVICES, "good")).failure()).isNull();
    assertThat(logic.faults()).extracting(Fault::key).containsExactly(key(SERVICES, "bad"));
    assertThat(logic.owed()).isEmpty();

    wellAgain = true;
    assertThat(logic.look(key(SERVICES, "bad")).failure()).isNull();
  }

  @Test
  void whatHasGoneIsToldOnceHoweverItWasNoticed() {
    var logic =
        new CollectionHostLogic<>(
            new Folding(List.of(Service.class)), types, Decoders.fresh(), BackOff.STANDARD);
    logic.load(
        SERVICES, List.of(resource(SERVICES, "a", 1), resource(SERVICES, "b", 2)).iterator(), 2);
    logic.started();
    assertThat(logic.gone()).isEmpty();

    logic.changed(resource(SERVICES, "a", 3), true);
    assertThat(logic.gone()).containsExactly(key(SERVICES, "a"));
    assertThat(logic.gone()).isEmpty();

    logic.load(SERVICES, List.<StoredResource>of().iterator(), 4);
    assertThat(logic.gone()).containsExactly(key(SERVICES, "b"));
  }

  @Test
  void whatIsIgnoredOfEverythingIsNotFollowed() {
    var logic =
        new CollectionHostLogic<>(
            new Folding(List.of()), types, Decoders.fresh(), BackOff.STANDARD);

    assertThat(logic.followed()).contains(SERVICES).doesNotContain(CONFIG_MAPS);
  }

  @Test
  void whoFollowsEverythingFollowsWhatIsDefinedMeanwhile() {
    var all = types.registry();
    var defined = all.kind("v1", "Secret").orElseThrow();
    var registry =
        new ResourceRegistry(all.all().stream().filter(type -> !type.equals(defined)).toList());
    var logic =
        new CollectionHostLogic<>(
            new Folding(List.of()), new Types(registry), Decoders.fresh(), BackOff.STANDARD);
    assertThat(logic.followed()).doesNotContain(defined.ref());
    assertThat(logic.newlyFollowed()).isEmpty();

    registry.define(List.of(defined));
    assertThat(logic.newlyFollowed()).containsExactly(defined.ref());
    assertThat(logic.newlyFollowed()).isEmpty();
    logic.load(defined.ref(), List.of(resource(defined.ref(), "a", 1)).iterator(), 1);
    assertThat(logic.followed()).contains(defined.ref());

    logic.changed(resource(defined.ref(), "a", 2), true);
    registry.define(List.of());
    assertThat(logic.newlyFollowed()).isEmpty();
    assertThat(logic.followed()).doesNotContain(defined.ref());
  }

  private HostLogic object() {
    return new ObjectHostLogic<>(new Selecting(), types, Decoders.fresh(), BackOff.STANDARD);
  }

  private static ResourceKey key(TypeRef type, String name) {
    return new ResourceKey(type, "default", name);
  }

  private static StoredResource broken(String name, long version) {
    return resource(key(CONFIG_MAPS, name), version, "{");
  }

  private static StoredResource resource(TypeRef type, String name, long version) {
    return resource(
        key(type, name),
        version,
        "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"default\"}}".formatted(name));
  }

  private static StoredResource resource(ResourceKey key, long version, String json) {
    return new StoredResource(
        key,
        "uid-" + key.name(),
        version,
        json.getBytes(StandardCharsets.UTF_8),
        Map.of(),
        Map.of(),
        List.of());
  }

  private final class Selecting implements Controller<Service> {
    @Override
    public Class<Service> resource() {
      return Service.class;
    }

    @Override
    public String name() {
      return "selecting";
    }

    @Override
    public void observe(Observe<Service> on) {
      on.selects(Pod.class, this::selector)
          .watches(
              ConfigMap.class,
              Set.of("watched"),
              map -> List.of(new Ref(map.getMetadata().getNamespace(), "good")));
    }

    private Map<String, String> selector(Service service) {
      if (service.getMetadata().getName().equals("bad") && !wellAgain) {
        throw new IllegalArgumentException("no selector");
      }
      return Map.of("app", "web");
    }

    @Override
    public Plan reconcile(Service service, View view, Cause cause) {
      return Plan.nothing();
    }
  }

  private final class Folding implements CollectionController<List<ResourceKey>> {

    private final List<Class<? extends HasMetadata>> followed;

    Folding(List<Class<? extends HasMetadata>> followed) {
      this.followed = followed;
    }

    @Override
    public String name() {
      return "folding";
    }

    @Override
    public List<Class<? extends HasMetadata>> follows() {
      return followed;
    }

    @Override
    public Set<TypeRef> ignores() {
      return Set.of(CONFIG_MAPS);
    }

    @Override
    public List<ResourceKey> initial() {
      return new ArrayList<>();
    }

    @Override
    public List<ResourceKey> apply(List<ResourceKey> state, Change change) {
      if (change.key().name().equals("bad") && !wellAgain) {
        throw new IllegalArgumentException("not foldable");
      }
      state.add(change.key());
      return state;
    }

    @Override
    public Collection<ResourceKey> concerns(List<ResourceKey> state, Change change) {
      return List.of(change.key());
    }

    @Override
    public Plan decide(List<ResourceKey> state, Change latest, Cause cause, Instant now) {
      return Plan.nothing();
    }
  }
}
