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
import dev.troupe.runtime.controller.view.Decoders;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.StoredResource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A host's machine, message by message.
class HostMachineTest {

  private static final TypeRef SERVICES = TypeRef.core("services");
  private static final TypeRef CONFIG_MAPS = TypeRef.core("configmaps");
  private static final long NOON = 1_000_000;
  private static final long IDLE = 30_000;

  private HostMachine machine = machine(2);

  @Test
  void everythingThatIsObservedIsListedAndFollowedFromThere() {
    assertThat(machine.on(new HostMessage.Start(), NOON))
        .containsExactlyInAnyOrder(new HostEffect.List(SERVICES), new HostEffect.List(CONFIG_MAPS));
    assertThat(listed(SERVICES, 7)).containsExactly(new HostEffect.Follow(SERVICES, 7));
  }

  @Test
  void collectionThatDoesNotAnswerIsAskedAgainAfterAPause() {
    machine.on(new HostMessage.Start(), NOON);

    assertThat(machine.on(new HostMessage.NotListed(SERVICES), NOON))
        .containsExactly(new HostEffect.TellAgain(new HostMessage.ListAgain(SERVICES)));
    assertThat(machine.on(new HostMessage.ListAgain(SERVICES), NOON))
        .containsExactly(new HostEffect.List(SERVICES));
  }

  @Test
  void followingThatEndedGoesOnWhereItWas() {
    begin("a");
    machine.on(changed("a", 11), NOON);

    assertThat(machine.on(new HostMessage.FollowingEnded(SERVICES, false), NOON))
        .containsExactly(new HostEffect.TellAgain(new HostMessage.FollowAgain(SERVICES)));
    assertThat(machine.on(new HostMessage.FollowAgain(SERVICES), NOON))
        .containsExactly(new HostEffect.Follow(SERVICES, 11));
  }

  @Test
  void collectionWhosePositionHasExpiredIsListedAnew() {
    begin("a");

    assertThat(machine.on(new HostMessage.FollowingEnded(SERVICES, true), NOON))
        .containsExactly(new HostEffect.List(SERVICES));
    assertThat(listed(SERVICES, 11, "a", "b"))
        .contains(new HostEffect.Follow(SERVICES, 11))
        .contains(new HostEffect.Tell(key("b"), new ObjectMessage.Wake(new Cause.Created())));
  }

  @Test
  void nobodyIsWokenBeforeAllCollectionsAreThere() {
    machine.on(new HostMessage.Start(), NOON);
    listed(SERVICES, 1, "a");

    assertThat(machine.on(changed("b", 2), NOON)).isEmpty();
    assertThat(machine.on(new HostMessage.Sweep(), NOON)).isEmpty();
    assertThat(machine.running()).isFalse();

    assertThat(spawned(listed(CONFIG_MAPS, 3))).containsExactlyInAnyOrder(key("a"), key("b"));
    assertThat(machine.running()).isTrue();
  }

  @Test
  void whoIsRememberedIsWokenToo() {
    machine = machine(new HostPast(List.of(known("gone", 5, Long.MAX_VALUE)), null));
    machine.on(new HostMessage.Start(), NOON);
    listed(SERVICES, 1);

    assertThat(listed(CONFIG_MAPS, 1))
        .contains(
            new HostEffect.Tell(key("gone"), new ObjectMessage.Wake(new Cause.Started())),
            new HostEffect.Begun(1));
  }

  @Test
  void causesThatComeUpWhileAMessageIsUnderWayGoTogetherInTheNext() {
    begin("a");

    assertThat(machine.on(changed("a", 11), NOON)).isEmpty();
    assertThat(machine.on(changed("a", 12), NOON)).isEmpty();

    assertThat(machine.on(new HostMessage.Handled(key("a")), NOON))
        .containsExactly(
            new HostEffect.Tell(key("a"), new ObjectMessage.Wake(new Cause.Changed())));
    assertThat(machine.on(new HostMessage.Handled(key("a")), NOON)).isEmpty();
  }

  @Test
  void lookWaitsUntilTheViewShowsWhatWasWritten() {
    begin("a");
    machine.on(new HostMessage.Handled(key("a")), NOON);

    assertThat(machine.on(new HostMessage.Look(key("a"), Map.of(key("a"), 11L)), NOON)).isEmpty();
    assertThat(machine.on(new HostMessage.Progressed(SERVICES, 10), NOON)).isEmpty();
    assertThat(machine.on(new HostMessage.Progressed(SERVICES, 11), NOON))
        .singleElement()
        .isInstanceOfSatisfying(
            HostEffect.Tell.class,
            told -> assertThat(told.message()).isInstanceOf(ObjectMessage.Seen.class));
  }

  @Test
  void whoHasNoRoomIsWokenWhenSomebodyIsIdle() {
    begin("a", "b");
    assertThat(machine.on(changed("c", 11), NOON)).isEmpty();
    assertThat(machine.waiting()).isEqualTo(1);

    var effects = rests("a", Long.MAX_VALUE, true);

    assertThat(effects).startsWith(new HostEffect.Dismiss(key("a")));
    assertThat(spawned(effects)).containsExactly(key("c"));
    assertThat(machine.awake()).isEqualTo(2);
    assertThat(machine.waiting()).isZero();
  }

  @Test
  void whoMayNotLeaveMakesNoRoom() {
    begin("a", "b");
    machine.on(changed("c", 11), NOON);

    assertThat(rests("a", Long.MAX_VALUE, false)).isEmpty();
    assertThat(machine.on(new HostMessage.Sweep(), NOON + 2 * IDLE)).isEmpty();
  }

  @Test
  void whoIsToldSomethingIsNotIdle() {
    begin("a", "b");
    machine.on(changed("a", 11), NOON);
    machine.on(new HostMessage.Handled(key("a")), NOON);
    machine.on(new HostMessage.Rested(key("a"), Long.MAX_VALUE, Map.of(), true), NOON);

    assertThat(machine.on(new HostMessage.Sweep(), NOON + 2 * IDLE)).isEmpty();
  }

  @Test
  void whoDoesNotSeeYetWhatItWroteIsNotPutAway() {
    begin("a");
    machine.on(new HostMessage.Handled(key("a")), NOON);
    machine.on(new HostMessage.Rested(key("a"), Long.MAX_VALUE, Map.of(key("a"), 12L), true), NOON);

    assertThat(machine.on(new HostMessage.Sweep(), NOON + 2 * IDLE)).isEmpty();

    machine.on(new HostMessage.Progressed(SERVICES, 12), NOON + 2 * IDLE);
    assertThat(machine.on(new HostMessage.Sweep(), NOON + 2 * IDLE)).isEmpty();
    assertThat(machine.on(new HostMessage.Sweep(), NOON + 3 * IDLE))
        .containsExactly(new HostEffect.Dismiss(key("a")));
  }

  @Test
  void whoIsIdleForLongIsPutAwayAndMadeAgainWhenSomethingChanges() {
    begin("a");
    rests("a", Long.MAX_VALUE, true);

    assertThat(machine.on(new HostMessage.Sweep(), NOON + IDLE - 1)).isEmpty();
    assertThat(machine.on(new HostMessage.Sweep(), NOON + IDLE))
        .containsExactly(new HostEffect.Dismiss(key("a")));
    assertThat(machine.awake()).isZero();
    assertThat(machine.on(changed("a", 11), NOON + IDLE))
        .contains(new HostEffect.Spawn(key("a"), logic().decisionKey(key("a")), "e3.2"));
  }

  @Test
  void alarmIsSetForTheEarliestOnly() {
    begin("a", "b");

    assertThat(rests("a", NOON + 500, true)).containsExactly(new HostEffect.SetAlarm(NOON + 500));
    assertThat(rests("b", NOON + 900, true)).isEmpty();
    assertThat(machine.on(new HostMessage.AlarmRang(), NOON + 500))
        .containsExactly(
            new HostEffect.Tell(key("a"), new ObjectMessage.Tick()),
            new HostEffect.SetAlarm(NOON + 900));
  }

  @Test
  void alarmFarAheadIsSetInSteps() {
    long hour = 3_600_000;
    begin("a", "b");

    assertThat(rests("a", NOON + 2 * hour + 5, true))
        .containsExactly(new HostEffect.SetAlarm(NOON + hour));
    assertThat(machine.on(new HostMessage.AlarmRang(), NOON + hour))
        .containsExactly(new HostEffect.SetAlarm(NOON + 2 * hour));
    assertThat(machine.on(new HostMessage.AlarmRang(), NOON + 2 * hour))
        .containsExactly(new HostEffect.SetAlarm(NOON + 2 * hour + 5));
    assertThat(machine.on(new HostMessage.AlarmRang(), NOON + 2 * hour + 5))
        .containsExactly(new HostEffect.Tell(key("a"), new ObjectMessage.Tick()));
  }

  @Test
  void alarmAtTheEndOfAllTimeIsAnAlarmLikeOthers() {
    begin("a", "b");
    rests("a", Long.MAX_VALUE - 1, true);

    assertThat(rests("b", NOON + 500, true)).containsExactly(new HostEffect.SetAlarm(NOON + 500));
  }

  @Test
  void alarmWakesWhoWasPutAway() {
    begin("a");
    rests("a", NOON + 2 * IDLE, true);
    machine.on(new HostMessage.Sweep(), NOON + IDLE);

    assertThat(machine.on(new HostMessage.AlarmRang(), NOON + 2 * IDLE))
        .contains(new HostEffect.Tell(key("a"), new ObjectMessage.Tick()));
  }

  @Test
  void alarmForWhichThereIsNoRoomRingsAgain() {
    begin("a", "b");
    rests("a", NOON + 500, true);
    machine.on(changed("c", 11), NOON);
    assertThat(machine.due(key("a"))).isEqualTo(NOON + 500);

    assertThat(machine.on(new HostMessage.AlarmRang(), NOON + 500))
        .containsExactly(new HostEffect.SetAlarm(NOON + 1_500));
  }

  private List<HostEffect> begin(String... names) {
    machine.on(new HostMessage.Start(), NOON);
    listed(SERVICES, 10, names);
    return listed(CONFIG_MAPS, 10);
  }

  private List<HostEffect> listed(TypeRef type, long version, String... names) {
    var objects = Stream.of(names).map(name -> resource(name, version)).iterator();
    return machine.on(new HostMessage.Listed(type, objects, version), NOON);
  }

  private List<HostEffect> rests(String name, long due, boolean mayLeave) {
    machine.on(new HostMessage.Handled(key(name)), NOON);
    return machine.on(new HostMessage.Rested(key(name), due, Map.of(), mayLeave), NOON);
  }

  private static List<ResourceKey> spawned(List<HostEffect> effects) {
    return effects.stream()
        .filter(HostEffect.Spawn.class::isInstance)
        .map(effect -> ((HostEffect.Spawn) effect).key())
        .toList();
  }

  private static HostMessage.Changed changed(String name, long version) {
    return new HostMessage.Changed(resource(name, version), false);
  }

  private static ResourceKey key(String name) {
    return new ResourceKey(SERVICES, "default", name);
  }

  private static StoredResource resource(String name, long version) {
    var json = "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"default\"}}".formatted(name);
    return new StoredResource(
        key(name),
        "uid-" + name,
        version,
        json.getBytes(StandardCharsets.UTF_8),
        Map.of(),
        Map.of(),
        List.of());
  }

  private static HostMachine machine(int awake) {
    return new HostMachine(
        logic(), new HostLimits(awake, IDLE), 3, HostPast.NOTHING, _ -> false, () -> 40);
  }

  private static HostMachine machine(HostPast past) {
    return new HostMachine(logic(), new HostLimits(2, IDLE), 3, past, _ -> true, () -> 40);
  }

  private static HostPast.Known known(String name, long decision, long due) {
    return new HostPast.Known(key(name), decision, due);
  }

  private static ObjectHostLogic<Service> logic() {
    var types = new Types(ResourceRegistry.standard());
    return new ObjectHostLogic<>(new Owning(), types, Decoders.fresh(), BackOff.STANDARD);
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
