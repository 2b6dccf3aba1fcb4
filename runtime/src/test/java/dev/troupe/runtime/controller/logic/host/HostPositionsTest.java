package dev.troupe.runtime.controller.logic.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.logic.ObjectHostLogic;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.logic.state.BackOff;
import dev.troupe.runtime.controller.logic.state.HostPosition;
import dev.troupe.runtime.controller.mirror.Earlier;
import dev.troupe.runtime.controller.view.Decoders;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.StoredResource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which position a host keeps, and how the next epoch goes on from it.
class HostPositionsTest {

  private static final TypeRef SERVICES = TypeRef.core("services");
  private static final TypeRef CONFIG_MAPS = TypeRef.core("configmaps");
  private static final long NOON = 1_000_000;
  private static final long NEVER = Long.MAX_VALUE;

  private long decision = 40;
  private HostMachine machine = machine(HostPast.NOTHING);

  // Keeping

  @Test
  void positionLiesBelowEveryReconcileThatIsNotOver() {
    begin(10, "a", "b");
    rests("b");
    machine.on(changed("a", 12), NOON);
    machine.on(changed("b", 13), NOON);

    assertThat(kept(mark())).as("a and b are not done").isEmpty();
    assertThat(kept(rests("b"))).as("a is not done").isEmpty();
    machine.on(changed("b", 14), NOON);
    machine.on(new HostMessage.Handled(key("a")), NOON);
    assertThat(kept(restsOnly("a")))
        .as("what came after the mark does not count")
        .containsExactly(position(13));
    assertThat(kept(mark())).as("b is not done").isEmpty();
    assertThat(kept(rests("b"))).containsExactly(position(14));
  }

  /// A member that leaves: nothing need be looked at again where it goes on.
  @Test
  void lastPositionIsAllThatIsOver() {
    begin(10, "a");
    assertThat(kept(machine.on(new HostMessage.Ends(), NOON))).as("a is not done").isEmpty();
    rests("a");
    mark();
    machine.on(changed("a", 18), NOON);
    rests("a");

    assertThat(kept(machine.on(new HostMessage.Ends(), NOON))).containsExactly(position(18));
  }

  @Test
  void whoWaitsForRoomIsNotDone() {
    begin(10, "a", "b", "c");
    mark();
    rests("a");
    assertThat(kept(rests("b"))).isEmpty();

    assertThat(kept(rests("c"))).containsExactly(position(10));
  }

  @Test
  void whoRestsButMayNotLeaveIsNotDone() {
    begin(10, "a");
    mark();
    machine.on(new HostMessage.Handled(key("a")), NOON);

    assertThat(kept(machine.on(new HostMessage.Rested(key("a"), NEVER, Map.of(), false), NOON)))
        .isEmpty();
    assertThat(kept(machine.on(new HostMessage.Awaits(key("a")), NOON)))
        .as("a call is persisted, and made again")
        .containsExactly(position(10));
  }

  @Test
  void whoLooksByItselfIsNotDone() {
    begin(10, "a");
    rests("a");
    machine.on(new HostMessage.Look(key("a"), Map.of()), NOON);
    decision = 45;

    assertThat(kept(mark())).isEmpty();
    decision = 50;

    assertThat(kept(rests("a"))).containsExactly(position(45, 10));
  }

  @Test
  void whoIsToldTheTimeIsNotDone() {
    begin(10, "a");
    machine.on(new HostMessage.Handled(key("a")), NOON);
    machine.on(new HostMessage.Rested(key("a"), NOON + 5, Map.of(), true), NOON);
    machine.on(new HostMessage.AlarmRang(), NOON + 5);

    assertThat(kept(mark())).isEmpty();
    assertThat(kept(rests("a"))).containsExactly(position(10));
  }

  @Test
  void positionIsKeptAgainWhenSomebodyWasWokenOrALongTimeHasPassed() {
    begin(10, "a");
    rests("a");
    assertThat(kept(mark())).containsExactly(position(10));

    machine.on(new HostMessage.Progressed(SERVICES, 20), NOON);
    assertThat(kept(mark())).as("nobody was woken").isEmpty();
    assertThat(kept(machine.on(new HostMessage.Mark(), NOON + 60_000))).hasSize(1);

    machine.on(new HostMessage.NotKept(), NOON + 60_000);
    assertThat(kept(machine.on(new HostMessage.Mark(), NOON + 60_001))).hasSize(1);
  }

  @Test
  void noPositionIsKeptBeforeAllCollectionsAreThere() {
    machine.on(new HostMessage.Start(), NOON);
    listed(SERVICES, 10);

    assertThat(mark()).isEmpty();
  }

  // Going on

  @Test
  void whatHasNotChangedSinceThePositionIsNotReconciled() {
    machine = machine(past(known("a", 30, NEVER)));
    machine.on(new HostMessage.Start(), NOON);
    assertThat(listed(SERVICES, 20, "a", "b")).contains(recall(SERVICES));
    assertThat(listed(CONFIG_MAPS, 20)).contains(recall(CONFIG_MAPS));

    recalled(SERVICES);
    assertThat(machine.running()).isFalse();
    assertThat(recalled(CONFIG_MAPS)).containsExactly(new HostEffect.Begun(0));
  }

  @Test
  void changeWhoseReconcileWasCutOffIsReconciledAgain() {
    begin(10, "a", "b");
    rests("a");
    rests("b");
    var before = kept(mark()).getFirst();
    machine.on(changed("a", 15), NOON);
    assertThat(kept(mark())).isEmpty();

    machine = machine(new HostPast(List.of(), before));
    machine.on(new HostMessage.Start(), NOON);
    listed(SERVICES, 20, "a", "b");
    listed(CONFIG_MAPS, 20);
    recalled(SERVICES, new Earlier(key("a"), resource("a", 10)));

    assertThat(woken(recalled(CONFIG_MAPS))).containsExactly(key("a"));
  }

  @Test
  void decisionThatMayNotHaveBeenCarriedOutIsReconciledAgain() {
    machine = machine(past(known("a", 40, NEVER), known("b", 41, NEVER)));

    assertThat(woken(resume("a", "b"))).containsExactly(key("b"));
  }

  @Test
  void whatIsGoneSinceThePositionIsForgotten() {
    machine = machine(past(known("a", 30, NEVER), known("gone", 30, NEVER)));

    assertThat(resume("a"))
        .contains(new HostEffect.Tell(key("gone"), new ObjectMessage.Wake(new Cause.Started())));
  }

  @Test
  void whatIsDueIsNotForgotten() {
    machine = machine(past(known("a", 30, NOON + 500), known("b", 30, NOON - 500)));

    var effects = resume("a", "b");

    assertThat(effects).contains(new HostEffect.SetAlarm(NOON - 500));
    assertThat(machine.on(new HostMessage.AlarmRang(), NOON))
        .contains(
            new HostEffect.Tell(key("b"), new ObjectMessage.Tick()),
            new HostEffect.SetAlarm(NOON + 500));
    assertThat(machine.due(key("a"))).isEqualTo(NOON + 500);
  }

  @Test
  void ownerIsWokenOfWhatHasLeftIt() {
    machine = machine(past());
    machine.on(new HostMessage.Start(), NOON);
    listed(SERVICES, 20, "a", "b");
    var map = new ResourceKey(CONFIG_MAPS, "default", "map");
    machine.on(
        new HostMessage.Listed(CONFIG_MAPS, List.of(owned(map, 15, "b")).iterator(), 20), NOON);
    recalled(SERVICES);

    assertThat(woken(recalled(CONFIG_MAPS, new Earlier(map, owned(map, 5, "a")))))
        .containsExactlyInAnyOrder(key("a"), key("b"));
  }

  @Test
  void ownerIsWokenOfWhatIsGone() {
    machine = machine(past());
    machine.on(new HostMessage.Start(), NOON);
    listed(SERVICES, 20, "a", "b");
    listed(CONFIG_MAPS, 20);
    recalled(SERVICES);
    var map = new ResourceKey(CONFIG_MAPS, "default", "map");

    assertThat(woken(recalled(CONFIG_MAPS, new Earlier(map, owned(map, 5, "a")))))
        .containsExactly(key("a"));
  }

  /// What is followed already may go before the owner is known.
  @Test
  void ownerThatIsListedLaterIsWokenOfWhatWentBefore() {
    machine = machine(past());
    machine.on(new HostMessage.Start(), NOON);
    var map = new ResourceKey(CONFIG_MAPS, "default", "map");
    machine.on(
        new HostMessage.Listed(CONFIG_MAPS, List.of(owned(map, 5, "a")).iterator(), 20), NOON);
    machine.on(new HostMessage.Changed(owned(map, 25, "a"), true), NOON);
    listed(SERVICES, 20, "a", "b");
    recalled(SERVICES);

    assertThat(woken(recalled(CONFIG_MAPS))).containsExactly(key("a"));
  }

  @Test
  void everythingIsReconciledIfTheLogDoesNotReachBack() {
    machine = machine(past(known("a", 30, NEVER)));
    machine.on(new HostMessage.Start(), NOON);
    listed(SERVICES, 20, "a", "b");
    listed(CONFIG_MAPS, 20);

    assertThat(woken(machine.on(new HostMessage.Recalled(recall(CONFIG_MAPS), null), NOON)))
        .containsExactlyInAnyOrder(key("a"), key("b"));
  }

  @Test
  void collectionThatIsListedTwiceIsRecalledTwice() {
    machine = machine(past());
    machine.on(new HostMessage.Start(), NOON);
    listed(SERVICES, 20, "a");
    machine.on(new HostMessage.FollowingEnded(SERVICES, true), NOON);
    listed(SERVICES, 30, "a");
    listed(CONFIG_MAPS, 20);
    recalled(CONFIG_MAPS);

    recalled(SERVICES);
    assertThat(machine.running()).as("that is the answer of before").isFalse();

    var again = new HostEffect.Recall(SERVICES, 10, 30);
    var changed = List.of(new Earlier(key("a"), null));
    assertThat(woken(machine.on(new HostMessage.Recalled(again, changed), NOON)))
        .containsExactly(key("a"));
  }

  private List<HostEffect> resume(String... names) {
    machine.on(new HostMessage.Start(), NOON);
    listed(SERVICES, 20, names);
    listed(CONFIG_MAPS, 20);
    recalled(SERVICES);
    return recalled(CONFIG_MAPS);
  }

  private static HostEffect.Recall recall(TypeRef type) {
    return new HostEffect.Recall(type, 10, 20);
  }

  private List<HostEffect> recalled(TypeRef type, Earlier... changed) {
    return machine.on(new HostMessage.Recalled(recall(type), List.of(changed)), NOON);
  }

  private void begin(long version, String... names) {
    machine.on(new HostMessage.Start(), NOON);
    listed(SERVICES, version, names);
    listed(CONFIG_MAPS, version);
  }

  private List<HostEffect> listed(TypeRef type, long version, String... names) {
    var objects = Stream.of(names).map(name -> resource(name, version)).iterator();
    return machine.on(new HostMessage.Listed(type, objects, version), NOON);
  }

  private List<HostEffect> mark() {
    return machine.on(new HostMessage.Mark(), NOON);
  }

  /// Everything that the object has been told.
  private List<HostEffect> rests(String name) {
    var effects = new ArrayList<HostEffect>();
    for (int i = 0; i < 3; i++) {
      effects.addAll(machine.on(new HostMessage.Handled(key(name)), NOON));
    }
    effects.addAll(restsOnly(name));
    return effects;
  }

  private List<HostEffect> restsOnly(String name) {
    machine.on(new HostMessage.Handled(key(name)), NOON);
    return machine.on(new HostMessage.Rested(key(name), NEVER, Map.of(), true), NOON);
  }

  private static List<HostPosition> kept(List<HostEffect> effects) {
    return effects.stream()
        .filter(HostEffect.Keep.class::isInstance)
        .map(effect -> ((HostEffect.Keep) effect).position())
        .toList();
  }

  private static List<ResourceKey> woken(List<HostEffect> effects) {
    return effects.stream()
        .filter(HostEffect.Spawn.class::isInstance)
        .map(effect -> ((HostEffect.Spawn) effect).key())
        .toList();
  }

  private static HostPosition position(long services) {
    return position(40, services);
  }

  private static HostPosition position(long decisions, long services) {
    return new HostPosition(decisions, Map.of(SERVICES, services, CONFIG_MAPS, 10L));
  }

  private static HostPast past(HostPast.Known... known) {
    return new HostPast(List.of(known), position(10));
  }

  private static HostPast.Known known(String name, long decision, long due) {
    return new HostPast.Known(key(name), decision, due);
  }

  private static HostMessage.Changed changed(String name, long version) {
    return new HostMessage.Changed(resource(name, version), false);
  }

  private static ResourceKey key(String name) {
    return new ResourceKey(SERVICES, "default", name);
  }

  private static StoredResource resource(String name, long version) {
    return resource(key(name), version, List.of());
  }

  private static StoredResource owned(ResourceKey key, long version, String owner) {
    return resource(key, version, List.of("uid-" + owner));
  }

  private static StoredResource resource(ResourceKey key, long version, List<String> owners) {
    var json = "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"default\"}}".formatted(key.name());
    return new StoredResource(
        key,
        "uid-" + key.name(),
        version,
        json.getBytes(StandardCharsets.UTF_8),
        Map.of(),
        Map.of(),
        owners);
  }

  private HostMachine machine(HostPast past) {
    var types = new Types(ResourceRegistry.standard());
    var logic = new ObjectHostLogic<>(new Owning(), types, Decoders.fresh(), BackOff.STANDARD);
    return new HostMachine(logic, new HostLimits(2, 30_000), 3, past, _ -> false, () -> decision);
  }

  private static final class Owning implements Controller<Service> {
    @Override
    public Class<Service> resource() {
      return Service.class;
    }

    @Override
    public String name() {
      return "owning";
    }

    @Override
    public void observe(Observe<Service> on) {
      on.owns(ConfigMap.class);
    }

    @Override
    public Plan reconcile(Service service, View view, Cause cause) {
      return Plan.nothing();
    }
  }
}
