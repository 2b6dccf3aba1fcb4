package dev.troupe.runtime.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.admission.MapResources;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.ObjectHostLogic;
import dev.troupe.runtime.controller.logic.host.DecisionClock;
import dev.troupe.runtime.controller.logic.host.HostMessage;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.logic.state.BackOff;
import dev.troupe.runtime.controller.platform.PlatformActivities;
import dev.troupe.runtime.controller.view.Decoder;
import dev.troupe.runtime.controller.view.Sight;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.controller.work.Activities;
import dev.troupe.runtime.controller.work.Workroom;
import dev.troupe.runtime.controller.work.WriteLanes;
import dev.troupe.runtime.controller.work.Writer;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.InMemoryEventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.RefusingStore;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// One decision about one object, on a store that may not take it.
class ControllerActorTest {

  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final InstantSource TIME = InstantSource.system();
  private static final ResourceKey KEY =
      new ResourceKey(TypeRef.core("configmaps"), "default", "main");
  private static final PartitionId PARTITION =
      new PartitionId(new TypeRef(PartitionId.CONTROLLERS, "waiting"), 0);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final RefusingStore store = new RefusingStore(new InMemoryEventStore(TIME));
  private final TestProbe<ControllerHost.Command> host = KIT.createTestProbe();
  private final HostLogic logic =
      new ObjectHostLogic<>(
          new Waiting(), new Types(ResourceRegistry.standard()), new Decoder(10), BackOff.STANDARD);
  private final ResourceKey decisionKey = logic.decisionKey(KEY);
  private final Epoch epoch = open();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void storedDecisionIsWhatTheNextActorBeginsWith() {
    var actor = decided();
    rested();

    var state = epoch.memory(decisionKey).state();
    assertThat(state).isNotNull();
    assertThat(state.timers()).containsOnlyKeys("later");
    assertThat(store.history(decisionKey, 9).toCompletableFuture().join()).hasSize(1);

    actor.tell(new ControllerActor.Leave());
    host.expectTerminated(actor, LONG);
    var next = spawn();
    next.tell(new ControllerActor.Told(new ObjectMessage.Tick()));
    assertThat(rested().due()).isEqualTo(state.timers().get("later"));
  }

  @Test
  void decisionThatIsNotStoredEndsTheActor() {
    store.answer(EventStore.Outcome.FENCED);

    host.expectTerminated(decided(), LONG);
    assertThat(epoch.memory(decisionKey).state()).isNull();
  }

  @Test
  void whatComesWhileADecisionIsStoredWaits() {
    var actor = spawn();
    store.meanwhile(() -> actor.tell(new ControllerActor.Leave()));
    decide(actor);

    host.expectTerminated(actor, LONG);
    assertThat(epoch.memory(decisionKey).state()).isNotNull();
  }

  @Test
  void storeThatSaysNothingEndsTheActor() {
    store.silent(true);

    var actor = decided();
    actor.tell(new ControllerActor.Leave());

    host.expectTerminated(actor, LONG);
    assertThat(epoch.memory(decisionKey).state()).isNull();
  }

  /// An actor that has been asked to decide, and shown its object.
  private ActorRef<ControllerActor.Command> decided() {
    var actor = spawn();
    decide(actor);
    return actor;
  }

  private void decide(ActorRef<ControllerActor.Command> actor) {
    actor.tell(new ControllerActor.Told(new ObjectMessage.Wake(List.of(new Cause.Created()))));
    host.expectMessageClass(ControllerHost.Told.class);
    var json = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"main\"}}";
    var object =
        new StoredResource(
            KEY, "u", 1, json.getBytes(StandardCharsets.UTF_8), Map.of(), Map.of(), List.of());
    actor.tell(new ControllerActor.Told(new ObjectMessage.Seen(new Sight(object, Map.of()))));
  }

  private ActorRef<ControllerActor.Command> spawn() {
    var setup =
        new HostSetup(
            PARTITION,
            () -> logic,
            new MapResources(),
            store,
            new Workroom(Runnable::run, TIME, LONG),
            new Activities(
                new PlatformActivities(new MapResources(), ResourceRegistry.standard(), TIME)),
            TIME,
            new Random(1),
            HostSettings.DEFAULT);
    var writer = new Writer(setup.resources(), TIME, LONG, new WriteLanes(1));
    var shared = new ControllerActor.Shared(setup, logic, epoch, writer, host.ref());
    return KIT.spawn(ControllerActor.create(shared, KEY, decisionKey, "i"));
  }

  private Epoch open() {
    var opened = store.open(PARTITION).toCompletableFuture().join();
    return new Epoch(opened.epoch(), new DecisionClock(0, opened.highestVersion(), TIME));
  }

  private HostMessage.Rested rested() {
    while (true) {
      var told = host.expectMessageClass(ControllerHost.Told.class, LONG);
      if (told.message() instanceof HostMessage.Rested rested) {
        return rested;
      }
    }
  }

  /// Wants to be told the time.
  private static final class Waiting implements Controller<ConfigMap> {
    @Override
    public Class<ConfigMap> resource() {
      return ConfigMap.class;
    }

    @Override
    public String name() {
      return "waiting";
    }

    @Override
    public Plan reconcile(ConfigMap object, View view, Cause cause) {
      return Plan.nothing().timer("later", Duration.ofHours(1));
    }
  }
}
