package dev.troupe.runtime.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.gateway.Gateway;
import dev.troupe.runtime.lease.MemberId;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.artery.ArteryTransport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Some;

/// Of three systems that have joined one cluster, one is lost. The failure detector takes so long
/// that only what [Removal] does can have it removed: should another version of Pekko need more,
/// these tests fail.
@Tag("thorough")
class RemovalTest {

  private static final Logger LOG = LoggerFactory.getLogger(RemovalTest.class);

  private static final String PATIENT =
      "pekko.cluster.failure-detector.acceptable-heartbeat-pause = 1h\n";

  /// As when its process was killed: nobody is told anything.
  @Test
  void memberThatIsGoneIsRemovedAtOnce() throws Exception {
    try (var systems = three()) {
      var _ =
          transport(systems.get(0))
              .org$apache$pekko$remote$artery$ArteryTransport$$internalShutdown();

      removed(systems, 0, 1, 2);
    }
  }

  /// As the transport does when a member says goodbye: it is silent about another quarantine then.
  @Test
  void memberThatTheTransportHasGivenUpIsRemovedAtOnce() throws Exception {
    try (var systems = three()) {
      var victim = address(systems.get(2));
      for (int witness = 0; witness < 2; witness++) {
        transport(systems.get(witness))
            .quarantine(victim.address(), new Some<>(victim.longUid()), "goodbye", true);
      }

      removed(systems, 2, 0, 1);
    }
  }

  /// One that is only cut off, or was frozen. It hears nothing any more: the store tells it.
  @Test
  void memberThatLivesIsRemovedAsWell() throws Exception {
    try (var systems = three()) {
      removed(systems, 1, 0, 2);
    }
  }

  @Test
  void anotherLifeAtTheSameAddressIsLeftAlone() throws Exception {
    try (var systems = three()) {
      var present = Gateway.id(address(systems.get(1)));

      new Removal(systems.get(0)).remove(new MemberId(present.address(), present.uid() + 1));

      removed(systems, 2, 0, 1);
      assertThat(Cluster.get(Adapter.toClassic(systems.get(0))).state().getMembers()).hasSize(2);
    }
  }

  @Test
  void membersAreToldUntilTheyAreRemoved() throws Exception {
    try (var systems = three()) {
      var told = new LinkedBlockingQueue<Set<MemberId>>();
      systems.get(0).systemActorOf(MembershipFeed.create(told::add), "feed", Props.empty());
      var first = Gateway.id(address(systems.get(0)));
      var second = Gateway.id(address(systems.get(1)));
      var third = Gateway.id(address(systems.get(2)));
      awaitTold(told, Set.of(first, second, third));

      removed(systems, 1, 0, 2);

      awaitTold(told, Set.of(first, third));
    }
  }

  private static void awaitTold(BlockingQueue<Set<MemberId>> told, Set<MemberId> wanted)
      throws InterruptedException {
    Set<MemberId> last = Set.of();
    while (!wanted.equals(last)) {
      last = told.poll(20, TimeUnit.SECONDS);
      assertThat(last).isNotNull();
    }
  }

  private static JoinedSystems three() throws InterruptedException {
    var systems = new JoinedSystems(PATIENT);
    systems.add();
    systems.add();
    systems.add();
    return systems;
  }

  /// Two witnesses remove the third.
  private static void removed(JoinedSystems systems, int victim, int... witnesses)
      throws InterruptedException {
    var address = address(systems.get(victim));
    long begin = System.nanoTime();
    for (int witness : witnesses) {
      new Removal(systems.get(witness)).remove(Gateway.id(address));
    }
    for (int witness : witnesses) {
      systems.await(witness, isRemoval(address));
    }
    LOG.warn("removed within {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
  }

  private static Predicate<ClusterDomainEvent> isRemoval(UniqueAddress address) {
    return event ->
        event instanceof MemberRemoved removed && removed.member().uniqueAddress().equals(address);
  }

  private static UniqueAddress address(ActorSystem<?> system) {
    return Cluster.get(Adapter.toClassic(system)).selfUniqueAddress();
  }

  private static ArteryTransport transport(ActorSystem<?> system) {
    var classic = (ExtendedActorSystem) Adapter.toClassic(system);
    return (ArteryTransport) ((RemoteActorRefProvider) classic.provider()).transport();
  }
}
