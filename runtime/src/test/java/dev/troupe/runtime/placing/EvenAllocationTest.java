package dev.troupe.runtime.placing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.liveness.JoinedSystems;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.junit.jupiter.api.Test;

/// Sharding itself, in systems that have joined one cluster.
class EvenAllocationTest {

  private static final EntityTypeKey<String> KEY = EntityTypeKey.create(String.class, "thing");
  private static final TypeRef PODS = new TypeRef("", "pods");
  private static final TypeRef NEWS = new TypeRef("", "news");

  private static final String SETTINGS =
      """
      pekko.cluster.sharding.rebalance-interval = 200ms
      """;

  /// Where each partition runs, whenever one starts.
  private final Map<String, Address> places = new ConcurrentHashMap<>();

  private final BlockingQueue<String> started = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> stopped = new LinkedBlockingQueue<>();
  private final Set<Address> ignorant = ConcurrentHashMap.newKeySet();
  private final Set<Address> departing = ConcurrentHashMap.newKeySet();

  /// Each look is long after the one before.
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void membersThatJoinGetTheirShareOfWhatTheyKnow() throws Exception {
    try (var systems = new JoinedSystems(SETTINGS)) {
      var first = systems.add();
      var region = shard(first);
      IntStream.range(0, 12).forEach(number -> wake(region, PODS, number));
      IntStream.range(0, 4).forEach(number -> wake(region, NEWS, number));
      await(16);
      assertThat(counts(PODS)).containsOnly(Map.entry(address(first), 12));

      var second = systems.add();
      shard(second);
      rewake(region, 8);
      assertThat(counts(PODS)).containsOnly(entry(first, 6), entry(second, 6));
      assertThat(counts(NEWS)).containsOnly(entry(first, 2), entry(second, 2));

      var third = systems.add();
      ignorant.add(address(third));
      shard(third);
      rewake(region, 4);
      assertThat(counts(PODS)).containsOnly(entry(first, 4), entry(second, 4), entry(third, 4));
      assertThat(counts(NEWS)).containsOnly(entry(first, 2), entry(second, 2));
    }
  }

  /// Also if it has the coordinator, which is there until it has gone.
  @Test
  void memberThatIsAboutToGoIsRelievedWhileItIsStillThere() throws Exception {
    try (var systems = new JoinedSystems(SETTINGS)) {
      var first = systems.add();
      shard(first);
      var second = systems.add();
      var region = shard(second);
      IntStream.range(0, 12).forEach(number -> wake(region, PODS, number));
      await(12);
      assertThat(counts(PODS)).containsOnly(entry(first, 6), entry(second, 6));

      departing.add(address(first));
      rewake(region, 6);

      assertThat(counts(PODS)).containsOnly(entry(second, 12));
    }
  }

  /// The coordinator hears of its end while it waits for the consent of others, and not again.
  @Test
  void whatIsBeingTakenFromWhoIsLostIsPlacedAtOnce() throws Exception {
    try (var systems = new JoinedSystems(SETTINGS)) {
      var first = systems.add();
      var region = shard(first);
      var second = systems.add();
      shard(second);
      IntStream.range(0, 12).forEach(number -> wake(region, PODS, number));
      await(12);
      assertThat(counts(PODS)).containsOnly(entry(first, 6), entry(second, 6));
      var asked = new LinkedBlockingQueue<>();
      var hesitant = hesitant(first, asked);
      departing.add(address(second));
      hears(asked, 4, ofSharding("BeginHandOff"));

      var classic = Adapter.toClassic(second);
      classic.stop(
          org.apache.pekko.cluster.sharding.ClusterSharding.get(classic).shardRegion(KEY.name()));
      wakeUntil(region, stopped(6), 2);
      Adapter.toClassic(first).stop(hesitant);

      for (int i = 0; i < 4; i++) {
        assertThat(started.poll(20, TimeUnit.SECONDS)).as("start %s of 4", i).isNotNull();
      }
      assertThat(counts(PODS)).containsOnly(entry(first, 12));
    }
  }

  /// One of those that sharding asks for their consent, who gives none.
  private static org.apache.pekko.actor.ActorRef hesitant(
      ActorSystem<?> system, BlockingQueue<Object> asked) throws Exception {
    var proxy =
        Adapter.toClassic(
            system.systemActorOf(
                Behaviors.<Object>receiveMessage(message -> {
                  asked.add(message);
                  return Behaviors.same();
                }),
                "hesitant",
                Props.empty()));
    Adapter.toClassic(system)
        .actorSelection("/system/sharding/" + KEY.name() + "Coordinator/singleton/coordinator")
        .tell(
            ofSharding("RegisterProxy")
                .getConstructor(org.apache.pekko.actor.ActorRef.class)
                .newInstance(proxy),
            org.apache.pekko.actor.ActorRef.noSender());
    hears(asked, 1, ofSharding("RegisterAck"));
    return proxy;
  }

  private static Class<?> ofSharding(String message) throws ClassNotFoundException {
    return Class.forName("org.apache.pekko.cluster.sharding.ShardCoordinator$Internal$" + message);
  }

  private static void hears(BlockingQueue<Object> queue, int count, Class<?> kind)
      throws InterruptedException {
    for (int i = 0; i < count; ) {
      var message = queue.poll(20, TimeUnit.SECONDS);
      assertThat(message).as("%s %s of %s", kind, i, count).isNotNull();
      i += kind.isInstance(message) ? 1 : 0;
    }
  }

  private ActorRef<ShardingEnvelope<String>> shard(ActorSystem<?> system) {
    var cluster = Cluster.get(Adapter.toClassic(system));
    var address = cluster.selfAddress();
    return ClusterSharding.get(system)
        .init(
            Entity.of(KEY, context -> thing(context.getEntityId(), address))
                .withMessageExtractor(new OnePerShard())
                .withAllocationStrategy(
                    new EvenAllocation(
                        cluster,
                        KEY.name(),
                        (member, type) -> !type.equals(NEWS) || !ignorant.contains(member),
                        departing::contains,
                        () -> nanos.addAndGet(TimeUnit.SECONDS.toNanos(10)))));
  }

  private Behavior<String> thing(String id, Address address) {
    return Behaviors.setup(_ -> {
      places.put(id, address);
      started.add(id);
      return Behaviors.receive(String.class)
          .onAnyMessage(_ -> Behaviors.same())
          .onSignal(
              PostStop.class,
              _ -> {
                stopped.add(id);
                return Behaviors.same();
              })
          .build();
    });
  }

  private static void wake(ActorRef<ShardingEnvelope<String>> region, TypeRef type, int number) {
    region.tell(new ShardingEnvelope<>(new PartitionId(type, number).toString(), "wake"));
  }

  /// Who was moved is not started again before somebody wants it.
  private void rewake(ActorRef<ShardingEnvelope<String>> region, int moves)
      throws InterruptedException {
    for (int i = 0; i < moves; i++) {
      region.tell(new ShardingEnvelope<>(stopped(1).getFirst(), "wake"));
    }
    await(moves);
  }

  private List<String> stopped(int count) throws InterruptedException {
    var ids = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var id = stopped.poll(20, TimeUnit.SECONDS);
      assertThat(id).as("stop %s of %s", i, count).isNotNull();
      ids.add(id);
    }
    return ids;
  }

  /// What is sent before it is known that somebody has gone is lost with him.
  private void wakeUntil(ActorRef<ShardingEnvelope<String>> region, List<String> ids, int starts)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    for (int begun = 0; begun < starts; ) {
      assertThat(System.nanoTime()).as("start %s of %s", begun, starts).isLessThan(deadline);
      ids.forEach(id -> region.tell(new ShardingEnvelope<>(id, "wake")));
      begun += started.poll(200, TimeUnit.MILLISECONDS) == null ? 0 : 1;
    }
  }

  private void await(int starts) throws InterruptedException {
    for (int i = 0; i < starts; i++) {
      assertThat(started.poll(20, TimeUnit.SECONDS)).as("start %s of %s", i, starts).isNotNull();
    }
  }

  private static Address address(ActorSystem<?> system) {
    return Cluster.get(Adapter.toClassic(system)).selfAddress();
  }

  private static Map.Entry<Address, Integer> entry(ActorSystem<?> system, int count) {
    return Map.entry(address(system), count);
  }

  private Map<Address, Integer> counts(TypeRef type) {
    var counts = new HashMap<Address, Integer>();
    places.forEach((id, address) -> {
      if (PartitionId.parse(id).collection().equals(type)) {
        counts.merge(address, 1, Integer::sum);
      }
    });
    return counts;
  }

  private static final class OnePerShard
      extends ShardingMessageExtractor<ShardingEnvelope<String>, String> {

    @Override
    public String entityId(ShardingEnvelope<String> envelope) {
      return envelope.entityId();
    }

    @Override
    public String shardId(String entityId) {
      return entityId;
    }

    @Override
    public String unwrapMessage(ShardingEnvelope<String> envelope) {
      return envelope.message();
    }
  }
}
