package dev.troupe.runtime.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.runtime.member.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberUp;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Subscribe;

/// Actor systems in this JVM, each on a port of its own, that have joined one cluster. They know
/// nothing of ours but the settings.
public final class JoinedSystems implements AutoCloseable {

  private final List<ActorSystem<Void>> systems = new ArrayList<>();
  private final List<BlockingQueue<ClusterDomainEvent>> events = new ArrayList<>();
  private final Config config;

  /// @param more what differs from the settings of members
  public JoinedSystems(String more) {
    config =
        ConfigFactory.parseString(
                "pekko.cluster.jmx.enabled = off\n"
                    // Nobody waits for those who are gone already.
                    + "pekko.coordinated-shutdown.run-by-actor-system-terminate = off\n"
                    + more)
            .withFallback(ConfigFactory.parseResources(Member.class, "pekko.conf"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
  }

  /// Adds one and waits until all see it as up.
  public ActorSystem<Void> add() throws InterruptedException {
    var setup = ActorSystemSetup.create(BootstrapSetup.create(config));
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "joined", setup);
    systems.add(system);
    var heard = new LinkedBlockingQueue<ClusterDomainEvent>();
    events.add(heard);
    var listener =
        system.systemActorOf(
            Behaviors.<ClusterDomainEvent>receiveMessage(event -> {
              heard.add(event);
              return Behaviors.same();
            }),
            "listener",
            Props.empty());
    var cluster = Cluster.get(system);
    cluster.subscriptions().tell(Subscribe.create(listener, ClusterDomainEvent.class));
    cluster.manager().tell(Join.create(Cluster.get(systems.getFirst()).selfMember().address()));
    var self = cluster.selfMember().uniqueAddress();
    for (int i = 0; i < systems.size(); i++) {
      await(i, event -> event instanceof MemberUp up && up.member().uniqueAddress().equals(self));
    }
    return system;
  }

  public ActorSystem<Void> get(int number) {
    return systems.get(number);
  }

  /// Waits until one of them hears of something; what it has heard before is forgotten.
  public void await(int number, Predicate<ClusterDomainEvent> wanted) throws InterruptedException {
    while (true) {
      var event = events.get(number).poll(30, TimeUnit.SECONDS);
      assertThat(event).as("event of system %s", number).isNotNull();
      if (wanted.test(event)) {
        return;
      }
    }
  }

  @Override
  public void close() {
    systems.forEach(ActorSystem::terminate);
    systems.forEach(system -> system.getWhenTerminated().toCompletableFuture().join());
  }
}
