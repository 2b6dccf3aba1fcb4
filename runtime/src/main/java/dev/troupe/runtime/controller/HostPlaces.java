package dev.troupe.runtime.controller;

import dev.troupe.runtime.collection.whereabouts.Announcer;
import dev.troupe.runtime.lease.LeaseQueue;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.placing.Departures;
import dev.troupe.runtime.store.PartitionId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/// What hosts have of their member: where they wait until they may begin, and what is known of
/// where all of them are. Those of this member announce themselves. May be called on any thread.
public interface HostPlaces extends Announcer {

  ActorSystem<?> system();

  /// Where hosts wait until they may open an epoch; null if this member is alone.
  @Nullable LeaseQueue leases();

  /// Which member this is; null if it is alone.
  default @Nullable MemberId member() {
    var leases = leases();
    return leases == null ? null : leases.member();
  }

  /// Which members are about to go.
  Departures departures();

  /// Whether hosts may finish what they do when their member ends: not if others have removed it.
  boolean mayFinish();

  /// Those of which nobody knows where they are.
  List<PartitionId> missing(Collection<PartitionId> hosts);

  /// Who says how a controller is doing whose host is here, when another member asks.
  void answerBy(Function<String, CompletionStage<HostReport>> answer);

  /// How a controller is doing whose host is at another member. Fails if nobody knows where, or it
  /// does not answer.
  CompletionStage<HostReport> ask(PartitionId host);
}
