package dev.troupe.persistence.journal;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.troupe.persistence.contract.Events;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.LatestRecords.Latest;
import dev.troupe.runtime.store.NotStoredException;
import dev.troupe.runtime.store.OpenEpochs;
import dev.troupe.runtime.store.PersistentId;
import dev.troupe.runtime.store.StoreSetup;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.JournalPersistRejected;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The plugins in a real actor system, over a store in memory.
class EventJournalTest {

  private final InMemoryEventStore store = new InMemoryEventStore(InstantSource.system());
  private final AtomicReference<Outcome> appends = new AtomicReference<>(Outcome.STORED);
  private final Queue<Throwable> rejections = new ConcurrentLinkedQueue<>();
  private final OpenEpochs epochs = new OpenEpochs();
  private final ConcurrentHashMap<String, Latest> latest = new ConcurrentHashMap<>();
  private final ActorSystem<Void> system =
      Adapter.toTyped(
          org.apache.pekko.actor.ActorSystem.create(
              "journal",
              ActorSystemSetup.create(
                  BootstrapSetup.create(
                      ConfigFactory.parseString(
                              """
                              pekko.loglevel = WARNING
                              pekko.actor.provider = local
                              pekko.actor.testkit.typed.single-expect-default = 20s
                              """)
                          .withFallback(ConfigFactory.load())),
                  new StoreSetup(refusable(store), epochs))));
  private final ActorTestKit kit = ActorTestKit.create(system);
  private final TestProbe<Long> probe = kit.createTestProbe(Long.class);

  /// A store that answers appends with something else if it is told so.
  private EventStore refusable(EventStore real) {
    return (EventStore)
        Proxy.newProxyInstance(
            EventStore.class.getClassLoader(),
            new Class<?>[] {EventStore.class},
            (_, method, arguments) ->
                method.getName().equals("append") && appends.get() != Outcome.STORED
                    ? CompletableFuture.completedFuture(List.of(appends.get()))
                    : method.invoke(real, arguments));
  }

  @BeforeEach
  void openPartition() {
    await(store.open(PARTITION));
    epochs.add(PARTITION, 1, key -> Optional.ofNullable(latest.get(key.name())));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void eventsOfAnActorAreInTheStoreWhenItGoesOn() {
    var pod = kit.spawn(Pod.create("web", 1));

    pod.tell(new Pod.Write(1, probe.getRef()));
    pod.tell(new Pod.Write(2, probe.getRef()));

    assertThat(probe.receiveMessage()).isEqualTo(1);
    assertThat(probe.receiveMessage()).isEqualTo(2);
    assertThat(await(store.tail(PODS, 0, EventStore.Most.of(10))).events())
        .extracting(EventRecord::sequence)
        .containsExactly(1L, 2L);
  }

  @Test
  void wakingActorGoesOnFromWhatItsPartitionKnows() {
    var record = Events.updated(PARTITION, 1, 7, "web", 41);
    latest.put("web", new Latest(41, record));
    var pod = kit.spawn(Pod.create("web", 1));

    pod.tell(new Pod.Write(8, probe.getRef()));

    assertThat(probe.receiveMessage()).isEqualTo(42);
  }

  @Test
  void fencedWriteStopsTheActorAndStoresNothing() {
    var pod = kit.spawn(Pod.create("web", 1));
    pod.tell(new Pod.Write(1, probe.getRef()));
    probe.receiveMessage();
    await(store.open(PARTITION));

    pod.tell(new Pod.Write(2, probe.getRef()));

    probe.expectTerminated(pod);
    assertThat(await(store.tail(PODS, 0, EventStore.Most.of(10))).events()).hasSize(1);
  }

  @Test
  void refusedWriteOfOneActorDoesNotDisturbAnother() {
    var pod = kit.spawn(Pod.create("web", 1));
    var other = kit.spawn(Pod.create("db", 1));
    pod.tell(new Pod.Write(1, probe.getRef()));
    probe.receiveMessage();

    pod.tell(new Pod.Write(1, probe.getRef()));
    other.tell(new Pod.Write(2, probe.getRef()));

    probe.expectTerminated(pod);
    assertThat(probe.receiveMessage()).isEqualTo(1);
  }

  @Test
  void rejectionTellsWhatTheStoreSaid() {
    for (var outcome : List.of(Outcome.NO_ROOM, Outcome.OVERLOADED, Outcome.FENCED)) {
      var pod = kit.spawn(Pod.create("web", 1, rejections));
      appends.set(outcome);

      pod.tell(new Pod.Write(1, probe.getRef()));

      probe.expectTerminated(pod);
      assertThat(rejections.remove())
          .isInstanceOfSatisfying(
              NotStoredException.class,
              rejection -> assertThat(rejection.outcome()).isEqualTo(outcome));
    }
    assertThat(await(store.tail(PODS, 0, EventStore.Most.of(10))).events()).isEmpty();
  }

  @Test
  void unknownOutcomeStopsTheActor() {
    var pod = kit.spawn(Pod.create("web", 1));
    pod.tell(new Pod.Write(1, probe.getRef()));
    probe.receiveMessage();
    store.close();

    pod.tell(new Pod.Write(2, probe.getRef()));

    probe.expectTerminated(pod);
  }

  @Test
  void actorOfAnEpochThatIsOverDoesNotWake() {
    epochs.remove(PARTITION, 1);

    var pod = kit.spawn(Pod.create("web", 1));

    probe.expectTerminated(pod);
  }

  /// Persists what it is told and answers with the sequence number of its last event.
  private static final class Pod extends EventSourcedBehavior<Pod.Write, EventRecord, Long> {

    record Write(long n, ActorRef<Long> replyTo) {}

    private final String name;
    private final long epoch;
    private final Queue<Throwable> rejections;

    static Behavior<Write> create(String name, long epoch) {
      return create(name, epoch, new ConcurrentLinkedQueue<>());
    }

    static Behavior<Write> create(String name, long epoch, Queue<Throwable> rejections) {
      return Behaviors.setup(_ -> new Pod(name, epoch, rejections));
    }

    private Pod(String name, long epoch, Queue<Throwable> rejections) {
      super(
          PersistenceId.ofUniqueId(
              new PersistentId(PARTITION, epoch, Events.key(PARTITION, name)).toString()));
      this.name = name;
      this.epoch = epoch;
      this.rejections = rejections;
    }

    @Override
    public String journalPluginId() {
      return StoreSetup.JOURNAL;
    }

    @Override
    public String snapshotPluginId() {
      return StoreSetup.SNAPSHOTS;
    }

    @Override
    public Long emptyState() {
      return 0L;
    }

    @Override
    public org.apache.pekko.persistence.typed.SnapshotAdapter<Long> snapshotAdapter() {
      return new org.apache.pekko.persistence.typed.SnapshotAdapter<>() {
        @Override
        public Object toJournal(Long state) {
          return state;
        }

        @Override
        public Long fromJournal(Object from) {
          return ((EventRecord) from).sequence();
        }
      };
    }

    @Override
    public CommandHandler<Write, EventRecord, Long> commandHandler() {
      return (state, write) ->
          Effect()
              .persist(Events.updated(PARTITION, epoch, write.n(), name, state + 1))
              .thenRun((Long after) -> write.replyTo().tell(after));
    }

    @Override
    public SignalHandler<Long> signalHandler() {
      return newSignalHandlerBuilder()
          .onSignal(JournalPersistRejected.class, (_, signal) -> rejections.add(signal.failure()))
          .build();
    }

    @Override
    public EventHandler<Long, EventRecord> eventHandler() {
      return (_, event) -> event.sequence();
    }
  }
}
