package dev.troupe.runtime.liveness;

import dev.troupe.runtime.gateway.Gateway;
import dev.troupe.runtime.lease.MemberId;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.RemoteTransport;
import org.apache.pekko.remote.artery.QuarantinedEvent;
import scala.Some;

/// Has a member removed from the cluster without waiting for its failure detector. The only class
/// that uses what is internal to Pekko.
///
/// A leader removes whom it sees as down and as unreachable or terminated. No part of Pekko's API
/// says the latter; the cluster says it of whom its transport has quarantined. The event is
/// published as well: the transport is silent about a member that it does not know, or that has
/// told it that it ends.
public final class Removal {

  private static final String REASON = "it was struck from the roll of members";

  private final ActorSystem<?> system;
  private final Cluster cluster;

  public Removal(ActorSystem<?> system) {
    this.system = system;
    this.cluster = Cluster.get(Adapter.toClassic(system));
  }

  /// Removes a member if this one still sees it; another life at its address is left alone. Never
  /// called on suspicion: whoever is quarantined must start again. If it lives, it hears nothing
  /// more from this member, and learns from the store that it is out.
  public void remove(MemberId victim) {
    StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
        .map(Member::uniqueAddress)
        .filter(member -> Gateway.id(member).equals(victim))
        .forEach(this::remove);
  }

  private void remove(UniqueAddress member) {
    transport().quarantine(member.address(), new Some<>(member.longUid()), REASON);
    Adapter.toClassic(system)
        .getEventStream()
        .publish(
            new QuarantinedEvent(
                new org.apache.pekko.remote.UniqueAddress(member.address(), member.longUid())));
    cluster.down(member.address());
  }

  private RemoteTransport transport() {
    var classic = (ExtendedActorSystem) Adapter.toClassic(system);
    return ((RemoteActorRefProvider) classic.provider()).transport();
  }
}
