package dev.troupe.runtime.member;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.runtime.gateway.Gateway;
import dev.troupe.runtime.gateway.SpokenSetup;
import dev.troupe.runtime.gateway.logic.Acquaintances;
import dev.troupe.runtime.overview.Overview;
import dev.troupe.runtime.placing.Departures;
import dev.troupe.runtime.store.StoreSetup;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/// The actor system of a member: how it begins, which cluster it is in, and how it ends.
final class MemberSystem {

  private static final String NAME = "troupe";

  /// Sharding would stop partitions in the middle of their work: they leave before it is told.
  private static final String BEFORE_SHARDING = CoordinatedShutdown.PhaseBeforeClusterShutdown();

  /// Whom the roll has lost others would remove from the cluster, were it still in it.
  private static final String AFTER_CLUSTER = CoordinatedShutdown.PhaseBeforeActorSystemTerminate();

  private final ActorSystem<Void> actors;
  private final MemberEnd ending;

  private MemberSystem(ActorSystem<Void> actors) {
    this.actors = actors;
    this.ending = new MemberEnd(actors);
  }

  /// System properties come first, references last.
  ///
  /// @param alone whether the member has no company
  static Config complete(Config config, boolean alone) {
    return ConfigFactory.defaultOverrides()
        .withFallback(config)
        .withFallback(
            alone
                ? ConfigFactory.empty()
                : ConfigFactory.parseResources(MemberSystem.class, "company.conf"))
        .withFallback(ConfigFactory.parseResources(MemberSystem.class, "pekko.conf"))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  /// Begins.
  ///
  /// @param config [complete][#complete]
  /// @param alone whether it is a cluster of its own
  /// @param more what else the actor system is set up with
  static MemberSystem start(
      Config config, StoreSetup store, SpokenSetup spoken, boolean alone, Setup... more) {
    var actors =
        ActorSystem.create(
            Behaviors.<Void>empty(),
            NAME,
            ActorSystemSetup.create(more)
                .withSetup(BootstrapSetup.create(config))
                .withSetup(store)
                .withSetup(spoken));
    var cluster = Cluster.get(actors);
    if (alone) {
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
    }
    return new MemberSystem(actors);
  }

  ActorSystem<Void> actors() {
    return actors;
  }

  /// Where other members reach this one.
  String address() {
    return Gateway.text(Cluster.get(actors).selfMember().address());
  }

  /// Who is about to go, as far as others have told it to acquaintances of this one.
  Departures departures(Acquaintances acquaintances) {
    var here = address();
    return new Departures(
        acquaintances::leave,
        member -> {
          var address = Gateway.text(member);
          return address.equals(here)
              ? acquaintances.isLeaving()
              : acquaintances.isDeparting(address);
        },
        acquaintances::isAnybodyStaying);
  }

  /// Whether it is a full member of its cluster.
  boolean isUp() {
    return Cluster.get(actors).selfMember().status().equals(MemberStatus.up());
  }

  /// Who takes part, as this member sees it now.
  List<Overview.MemberReport> members() {
    return StreamSupport.stream(Cluster.get(actors).state().getMembers().spliterator(), false)
        .map(member ->
            Overview.MemberReport.silent(
                Gateway.text(member.address()),
                member.status().toString().toLowerCase(Locale.ROOT)))
        .toList();
  }

  /// What is done with partitions when the system ends.
  ///
  /// @param leave if it was asked to
  /// @param abandon if it was removed, or ends by itself
  void beforeSharding(
      Supplier<CompletionStage<Done>> leave, Supplier<CompletionStage<Done>> abandon) {
    CoordinatedShutdown.get(actors)
        .addTask(
            BEFORE_SHARDING,
            "partitions-leave",
            () -> ending.isPlanned() ? leave.get() : abandon.get());
  }

  /// What is done when this member has left the cluster, if it was asked to.
  void afterCluster(Supplier<CompletionStage<Done>> conclude) {
    CoordinatedShutdown.get(actors)
        .addTask(
            AFTER_CLUSTER,
            "leave-the-roll",
            () ->
                ending.isPlanned()
                    ? conclude.get()
                    : CompletableFuture.completedStage(Done.getInstance()));
  }

  MemberEnd ending() {
    return ending;
  }

  /// Stops. Returns when that is done.
  void stop() {
    CoordinatedShutdown.get(Adapter.toClassic(actors))
        .runAll(CoordinatedShutdown.actorSystemTerminateReason())
        .toCompletableFuture()
        .join();
  }
}
