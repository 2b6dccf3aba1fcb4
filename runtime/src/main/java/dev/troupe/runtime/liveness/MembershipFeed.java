package dev.troupe.runtime.liveness;

import dev.troupe.runtime.gateway.Gateway;
import dev.troupe.runtime.lease.MemberId;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.ClusterEvent.ClusterShuttingDown$;
import org.apache.pekko.cluster.ClusterEvent.MemberDowned;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberExited;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.MemberUp;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/// Tells whom the cluster takes for its members whenever that changes: who is up, until all know
/// that it leaves and has handed over what it had, or until it is seen as down or has been removed.
public final class MembershipFeed {

  private MembershipFeed() {}

  /// @param told is called by one thread at a time
  public static Behavior<ClusterDomainEvent> create(Consumer<Set<MemberId>> told) {
    return Behaviors.setup(context -> {
      Cluster.get(context.getSystem())
          .subscriptions()
          .tell(Subscribe.create(context.getSelf(), ClusterDomainEvent.class));
      var members = new HashSet<MemberId>();
      return Behaviors.receiveMessage(event -> {
        if (event instanceof ClusterShuttingDown$) {
          // Of a cluster that this member leaves all others are told to be removed.
          return Behaviors.stopped();
        }
        if (event instanceof MemberEvent change && change(members, change)) {
          told.accept(Set.copyOf(members));
        }
        return Behaviors.same();
      });
    });
  }

  private static boolean change(Set<MemberId> members, MemberEvent event) {
    var member = Gateway.id(event.member().uniqueAddress());
    return switch (event) {
      case MemberUp _ -> members.add(member);
      case MemberExited _, MemberDowned _, MemberRemoved _ -> members.remove(member);
      default -> false;
    };
  }
}
