package dev.troupe.runtime.controller.logic.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Failure;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.settings.ControllerSettings;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.logic.state.BackOff;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.Profile;
import dev.troupe.runtime.controller.logic.state.StateFormat;
import dev.troupe.runtime.controller.plan.PlanWriter;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.runtime.controller.view.Sight;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.WriteCause;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One object's machine, message by message.
class ObjectMachineTest {

  record Ring(String id, int times) implements Activity {}

  private static final ResourceKey KEY =
      new ResourceKey(TypeRef.core("configmaps"), "default", "main");
  private static final long NOON = 1_000_000;

  private final Types types = new Types(ResourceRegistry.standard());
  private final Profile profile =
      new Profile(
          "test",
          "test-controller",
          "test",
          "",
          true,
          BackOff.STANDARD,
          new PlanWriter(types, Set.of(KEY.type())),
          ObjectMachineTest.class.getClassLoader(),
          ControllerSettings.DEFAULT);
  private ObjectMachine machine = machine(null);
  private long version = 100;

  @Test
  void causesThatComeUpMeanwhileAreOneReconcile() {
    assertThat(machine.on(new ObjectMessage.Wake(new Cause.Created()), NOON))
        .containsExactly(new ObjectEffect.Look(Map.of()));
    assertThat(machine.on(new ObjectMessage.Wake(new Cause.Changed()), NOON)).isEmpty();
    assertThat(machine.on(new ObjectMessage.Wake(new Cause.RelatedChanged(KEY)), NOON)).isEmpty();

    var asked = reconcile(machine.on(new ObjectMessage.Seen(sight()), NOON));

    assertThat(asked.cause()).isEqualTo(new Cause.Created());
    var after = machine.on(new ObjectMessage.Planned(asked.number(), Plan.nothing()), NOON);
    assertThat(after).containsExactly(new ObjectEffect.Rest(Long.MAX_VALUE, Map.of(), true));
  }

  @Test
  void planThatChangesNothingIsNotPersisted() {
    assertThat(plan(new Cause.Created(), Plan.nothing()))
        .containsExactly(new ObjectEffect.Rest(Long.MAX_VALUE, Map.of(), true));
    assertThat(machine.state()).isNull();
  }

  @Test
  void decisionIsPersistedBeforeAnythingIsWritten() {
    var effects = plan(new Cause.Created(), Plan.nothing().own(child("a")));

    assertThat(effects).singleElement().isInstanceOf(ObjectEffect.Persist.class);
    var write = write(machine.on(new ObjectMessage.Persisted(7), NOON));
    assertThat(write.mutationKey()).isEqualTo("test/" + KEY + "/7/0");
    assertThat(write.cause()).isEqualTo(WriteCause.controller("test", "created", KEY, 100));
    assertThat(write.creates()).isTrue();
  }

  @Test
  void nextLookWaitsForTheVersionOfTheLastWrite() {
    plan(new Cause.Created(), Plan.nothing().own(child("a")));
    var write = write(machine.on(new ObjectMessage.Persisted(7), NOON));
    machine.on(new ObjectMessage.Written(write, new WriteOutcome.Done(555)), NOON);

    assertThat(machine.on(new ObjectMessage.Wake(new Cause.Changed()), NOON))
        .containsExactly(new ObjectEffect.Look(Map.of(write.key(), 555L)));
  }

  @Test
  void statusWaitsForTheChildrenBeforeIt() {
    plan(
        new Cause.Created(),
        Plan.nothing()
            .own(child("a"))
            .own(child("b"))
            .write(new Plan.Write.Patch(KEY, "", Map.of("data", Map.of("x", "y")), null, null)));

    var children = machine.on(new ObjectMessage.Persisted(7), NOON);
    assertThat(children).hasSize(2).allMatch(ObjectEffect.Write.class::isInstance);
    assertThat(
            machine.on(
                new ObjectMessage.Written(write(children, 0), new WriteOutcome.Done(1)), NOON))
        .isEmpty();
    assertThat(
            machine.on(
                new ObjectMessage.Written(write(children, 1), new WriteOutcome.Done(2)), NOON))
        .singleElement()
        .isInstanceOf(ObjectEffect.Write.class);
  }

  @Test
  void conflictEndsThePlanAndIsTriedAgainSoon() {
    plan(new Cause.Created(), Plan.nothing().own(child("a")).own(child("b")));
    var children = machine.on(new ObjectMessage.Persisted(7), NOON);

    assertThat(
            machine.on(
                new ObjectMessage.Written(
                    write(children, 0),
                    new WriteOutcome.Failed(
                        new Failure.Refused(StatusReason.CONFLICT, "late", List.of()))),
                NOON))
        .isEmpty();
    var saved =
        persist(
            machine.on(
                new ObjectMessage.Written(write(children, 1), new WriteOutcome.Done(2)), NOON));
    assertThat(saved.retry()).isNotNull();

    var rest = rest(machine.on(new ObjectMessage.Persisted(8), NOON));
    assertThat(rest.dueMillis()).isBetween(NOON, NOON + 10);
    assertThat(machine.on(new ObjectMessage.Tick(), rest.dueMillis()))
        .singleElement()
        .isInstanceOf(ObjectEffect.Look.class);
    var asked = reconcile(machine.on(new ObjectMessage.Seen(sight()), rest.dueMillis()));
    assertThat(asked.cause()).isEqualTo(new Cause.Created());
  }

  @Test
  void failuresBackOffAndEndInQuarantine() {
    long now = NOON;
    machine.on(new ObjectMessage.Wake(new Cause.Created()), now);
    long delay = 0;
    for (int attempt = 1; attempt <= 10; attempt++) {
      var asked = reconcile(machine.on(new ObjectMessage.Seen(sight()), now));
      var saved = persist(machine.on(new ObjectMessage.PlanFailed(asked.number(), "no"), now));
      assertThat(saved.retry()).isNotNull();
      if (saved.retry() != null) {
        assertThat(saved.retry().attempt()).isEqualTo(attempt);
        assertThat(saved.retry().quarantined()).isEqualTo(attempt == 10);
      }
      var rest = rest(machine.on(new ObjectMessage.Persisted(attempt), now));
      assertThat(rest.dueMillis() - now).isGreaterThan(delay / 2);
      delay = rest.dueMillis() - now;
      now = rest.dueMillis();
      machine.on(new ObjectMessage.Tick(), now);
    }
    assertThat(delay).isGreaterThan(Duration.ofMinutes(2).toMillis());
  }

  @Test
  void objectThatWaitsForItsRetryMayBePutAway() {
    machine.on(new ObjectMessage.Wake(new Cause.Created()), NOON);
    var asked = reconcile(machine.on(new ObjectMessage.Seen(sight()), NOON));
    var saved = persist(machine.on(new ObjectMessage.PlanFailed(asked.number(), "no"), NOON));
    assertThat(machine.resting()).isFalse();
    var rest = rest(machine.on(new ObjectMessage.Persisted(1), NOON));
    assertThat(machine.resting()).isTrue();

    machine = machine(StateFormat.decode(StateFormat.encode(saved)));

    assertThat(machine.on(new ObjectMessage.Tick(), rest.dueMillis()))
        .containsExactly(new ObjectEffect.Look(Map.of()));
    assertThat(reconcile(machine.on(new ObjectMessage.Seen(sight()), rest.dueMillis())).cause())
        .isEqualTo(new Cause.Failed(1, new Failure.Broken("no")));
  }

  @Test
  void changeThatWaitsForItsTurnAfterAFailureIsNotPutAway() {
    machine.on(new ObjectMessage.Wake(new Cause.Created()), NOON);
    var asked = reconcile(machine.on(new ObjectMessage.Seen(sight()), NOON));
    machine.on(new ObjectMessage.PlanFailed(asked.number(), "no"), NOON);
    machine.on(new ObjectMessage.Persisted(1), NOON);

    machine.on(new ObjectMessage.Wake(new Cause.Changed()), NOON + 1);

    assertThat(machine.resting()).isFalse();
  }

  @Test
  void resultThatIsToBeToldAfterAFailureIsNotPutAway() {
    plan(new Cause.Created(), Plan.nothing().call(new Ring("bell", 3)));
    var call = call(machine.on(new ObjectMessage.Persisted(1), NOON));
    machine.on(new ObjectMessage.CallSucceeded(call.name(), call.key(), "rung"), NOON);
    var asked = reconcile(machine.on(new ObjectMessage.Seen(sight()), NOON));
    machine.on(new ObjectMessage.PlanFailed(asked.number(), "no"), NOON);
    machine.on(new ObjectMessage.Persisted(2), NOON);

    assertThat(machine.resting()).isFalse();
  }

  @Test
  void objectThatCannotBeRelatedFailsUnasked() {
    machine.on(new ObjectMessage.Wake(new Cause.Created()), NOON);

    var effects =
        machine.on(
            new ObjectMessage.Seen(new Sight(sight().object(), Map.of(), "no selector")), NOON);

    var retry = persist(effects).retry();
    assertThat(retry).isNotNull();
    assertThat(effects).noneMatch(ObjectEffect.Reconcile.class::isInstance);
  }

  @Test
  void whatThrowsIsAFailedAttempt() {
    var json = "{\"metadata\":{\"deletionTimestamp\"".getBytes(StandardCharsets.UTF_8);
    var broken = new StoredResource(KEY, "u", 1, json, Map.of(), Map.of(), List.of());
    machine.on(new ObjectMessage.Wake(new Cause.Created()), NOON);
    assertThatThrownBy(() -> machine.on(new ObjectMessage.Seen(new Sight(broken, Map.of())), NOON))
        .isInstanceOf(RuntimeException.class);

    var saved = persist(machine.on(new ObjectMessage.Broke("not JSON"), NOON));

    assertThat(saved.retry()).isNotNull();
    var rest = rest(machine.on(new ObjectMessage.Persisted(1), NOON));
    assertThat(rest.dueMillis()).isGreaterThan(NOON);
    assertThat(machine.resting()).isTrue();
  }

  @Test
  void activityThatNobodyKnowsIsPutOff() {
    var unknown = new ObjectState.Call("gone.Activity", "{}", "k", false, null, 0, NOON, null);
    machine = machine(ObjectState.fresh("test", KEY, "u").withCall("Activity/a", unknown));

    var saved = persist(machine.on(new ObjectMessage.Tick(), NOON));

    assertThat(saved.calls().get("Activity/a"))
        .satisfies(call -> assertThat(call.dueMillis()).isGreaterThan(NOON));
  }

  @Test
  void successEndsTheBackOffDurably() {
    machine.on(new ObjectMessage.Wake(new Cause.Created()), NOON);
    var asked = reconcile(machine.on(new ObjectMessage.Seen(sight()), NOON));
    machine.on(new ObjectMessage.PlanFailed(asked.number(), "no"), NOON);
    var rest = rest(machine.on(new ObjectMessage.Persisted(1), NOON));
    machine.on(new ObjectMessage.Tick(), rest.dueMillis());
    var again = reconcile(machine.on(new ObjectMessage.Seen(sight()), rest.dueMillis()));

    var saved =
        persist(
            machine.on(
                new ObjectMessage.Planned(again.number(), Plan.nothing()), rest.dueMillis()));

    assertThat(saved.retry()).isNull();
  }

  @Test
  void runningTimerIsNeverRestartedAndGoesWhenItIsNotPlanned() {
    var timer = Plan.nothing().timer("t", Duration.ofMinutes(1));
    var first = persist(plan(new Cause.Created(), timer));
    assertThat(first.timers()).containsExactly(Map.entry("t", NOON + 60_000));
    machine.on(new ObjectMessage.Persisted(1), NOON);

    machine.on(new ObjectMessage.Wake(new Cause.Changed()), NOON + 10_000);
    var asked = reconcile(machine.on(new ObjectMessage.Seen(sight()), NOON + 10_000));
    assertThat(
            rest(machine.on(new ObjectMessage.Planned(asked.number(), timer), NOON + 10_000))
                .dueMillis())
        .isEqualTo(NOON + 60_000);

    machine.on(new ObjectMessage.Wake(new Cause.Changed()), NOON + 20_000);
    var last = reconcile(machine.on(new ObjectMessage.Seen(sight()), NOON + 20_000));
    assertThat(
            persist(
                    machine.on(
                        new ObjectMessage.Planned(last.number(), Plan.nothing()), NOON + 20_000))
                .timers())
        .isEmpty();
  }

  @Test
  void overdueTimerFiresOnceAfterARestart() {
    var saved =
        persist(plan(new Cause.Created(), Plan.nothing().timer("t", Duration.ofMinutes(1))));
    machine = machine(StateFormat.decode(StateFormat.encode(saved)));
    long later = NOON + Duration.ofHours(5).toMillis();

    machine.on(new ObjectMessage.Wake(new Cause.Started()), later);
    var asked = reconcile(machine.on(new ObjectMessage.Seen(sight()), later));

    assertThat(asked.cause()).isEqualTo(new Cause.TimerFired("t"));
    var again =
        persist(
            machine.on(
                new ObjectMessage.Planned(
                    asked.number(), Plan.nothing().timer("t", Duration.ofMinutes(1))),
                later));
    assertThat(again.timers()).containsExactly(Map.entry("t", later + 60_000));
  }

  @Test
  void callIsResumedWithItsKeyAfterARestart() {
    var saved = persist(plan(new Cause.Created(), Plan.nothing().call(new Ring("bell", 3))));
    var first = call(machine.on(new ObjectMessage.Persisted(1), NOON));
    machine = machine(StateFormat.decode(StateFormat.encode(saved)));

    var second = call(machine.on(new ObjectMessage.Wake(new Cause.Started()), NOON + 5));

    assertThat(second.key()).isEqualTo(first.key());
    assertThat(second.activity()).isEqualTo(new Ring("bell", 3));
  }

  @Test
  void callThatSucceededIsMadeAgainOnlyWithAnotherRecord() {
    plan(new Cause.Created(), Plan.nothing().call(new Ring("bell", 3)));
    var call = call(machine.on(new ObjectMessage.Persisted(1), NOON));
    machine.on(new ObjectMessage.CallSucceeded(call.name(), call.key(), "rung"), NOON);
    var asked = reconcile(machine.on(new ObjectMessage.Seen(sight()), NOON));
    assertThat(asked.cause()).isEqualTo(new Cause.Completed(new Ring("bell", 3), "rung"));

    machine.on(
        new ObjectMessage.Planned(asked.number(), Plan.nothing().call(new Ring("bell", 3))), NOON);
    assertThat(machine.on(new ObjectMessage.Persisted(2), NOON))
        .noneMatch(ObjectEffect.Call.class::isInstance);

    plan(new Cause.Changed(), Plan.nothing().call(new Ring("bell", 4)));
    assertThat(call(machine.on(new ObjectMessage.Persisted(3), NOON)).activity())
        .isEqualTo(new Ring("bell", 4));
  }

  @Test
  void goneObjectIsForgotten() {
    plan(new Cause.Created(), Plan.nothing().waitFor("godot", "he comes tomorrow"));
    machine.on(new ObjectMessage.Persisted(1), NOON);
    machine.on(new ObjectMessage.Wake(new Cause.Changed()), NOON);

    assertThat(machine.on(new ObjectMessage.Seen(Sight.NOTHING), NOON))
        .singleElement()
        .isInstanceOf(ObjectEffect.Forget.class);
    machine.on(new ObjectMessage.Persisted(2), NOON);
    assertThat(machine.state()).isNull();
    assertThat(machine.resting()).isTrue();
  }

  @Test
  void lateAnswerOfAControllerIsIgnored() {
    machine.on(new ObjectMessage.Wake(new Cause.Created()), NOON);
    var asked = reconcile(machine.on(new ObjectMessage.Seen(sight()), NOON));
    machine.on(new ObjectMessage.PlanFailed(asked.number(), "no plan in time"), NOON);

    assertThat(
            machine.on(
                new ObjectMessage.Planned(asked.number(), Plan.nothing().own(child("a"))), NOON))
        .isEmpty();
  }

  private ObjectMachine machine(@Nullable ObjectState state) {
    return new ObjectMachine(profile, KEY, "e1.1", state, new Random(1));
  }

  /// One reconcile, up to the answer to its plan.
  private List<ObjectEffect> plan(Cause cause, Plan plan) {
    machine.on(new ObjectMessage.Wake(cause), NOON);
    var asked = reconcile(machine.on(new ObjectMessage.Seen(sight()), NOON));
    return machine.on(new ObjectMessage.Planned(asked.number(), plan), NOON);
  }

  private Sight sight() {
    var json =
        """
        {"apiVersion":"v1","kind":"ConfigMap",
         "metadata":{"name":"main","namespace":"default","uid":"u","resourceVersion":"100"}}\
        """;
    var object =
        new StoredResource(
            KEY,
            "u",
            version,
            json.getBytes(StandardCharsets.UTF_8),
            Map.of(),
            Map.of(),
            List.of());
    return new Sight(object, Map.of());
  }

  private static ConfigMap child(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .build();
  }

  private static ObjectEffect.Reconcile reconcile(List<ObjectEffect> effects) {
    return only(effects, ObjectEffect.Reconcile.class);
  }

  private static ObjectState persist(List<ObjectEffect> effects) {
    return only(effects, ObjectEffect.Persist.class).state();
  }

  private static ObjectEffect.Rest rest(List<ObjectEffect> effects) {
    return only(effects, ObjectEffect.Rest.class);
  }

  private static ObjectEffect.Call call(List<ObjectEffect> effects) {
    return only(effects, ObjectEffect.Call.class);
  }

  private static PlannedWrite write(List<ObjectEffect> effects) {
    return only(effects, ObjectEffect.Write.class).write();
  }

  private static PlannedWrite write(List<ObjectEffect> effects, int index) {
    return ((ObjectEffect.Write) effects.get(index)).write();
  }

  private static <T extends ObjectEffect> T only(List<ObjectEffect> effects, Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }
}
