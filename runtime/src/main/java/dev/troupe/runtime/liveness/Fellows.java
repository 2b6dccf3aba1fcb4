package dev.troupe.runtime.liveness;

import dev.troupe.runtime.gateway.Joining;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.logic.LeaseLetter;
import dev.troupe.runtime.liveness.logic.LivenessEffect;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;

/// The other members that this one works with: where their letters about leases go, past everything
/// else that is sent to them, and where they are probed.
final class Fellows implements Mail, Joining.Circle {

  /// @param parted whether it works with this member no more
  private record Fellow(ActorRef<Letter> desk, InetSocketAddress probes, boolean parted) {

    private boolean isProbed() {
      return !parted && probes.getPort() > 0;
    }
  }

  private final MemberId self;
  private final Function<String, ActorRef<Letter>> desks;
  private final Probes probes;
  private final Map<MemberId, Fellow> known = new ConcurrentHashMap<>();

  private volatile Roll roll = Roll.NONE;

  /// @param desks where letters about leases go, by the address of their member
  Fellows(MemberId self, Function<String, ActorRef<Letter>> desks, Probes probes) {
    this.self = self;
    this.desks = desks;
    this.probes = probes;
  }

  @Override
  public void met(MemberId member, Introduction introduction) {
    var port = InetSocketAddress.createUnresolved(host(member), introduction.probePort());
    known.put(member, new Fellow(desks.apply(member.address()), port, false));
    probe();
  }

  private static String host(MemberId member) {
    var address = member.address();
    return address.substring(0, address.lastIndexOf(':'));
  }

  /// Whoever is still in the roll goes on being written to: as long as nobody knows by which roll
  /// it acts, the one before may not be over, and the next cannot be written. So it is with all
  /// when this member has left Pekko's cluster, or several leave at once.
  @Override
  public void parted(MemberId member) {
    known.computeIfPresent(member, (_, fellow) -> new Fellow(fellow.desk(), fellow.probes(), true));
    forgetOld();
    probe();
  }

  /// The roll that this member acts by from now on.
  void acting(Roll next) {
    roll = next;
    forgetOld();
  }

  /// Looked at when one has parted and when the roll is another, which is not done by one thread:
  /// whichever comes later sees both.
  private void forgetOld() {
    var present = roll;
    known
        .entrySet()
        .removeIf(entry -> entry.getValue().parted() && !present.includes(entry.getKey()));
  }

  private void probe() {
    probes.watch(
        known.entrySet().stream()
            .filter(entry -> entry.getValue().isProbed())
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().probes())));
  }

  boolean includes(MemberId member) {
    return known.containsKey(member);
  }

  @Override
  public void letter(MemberId to, LeaseLetter letter) {
    send(to, new GatewayMessage.LeaseSaid(letter));
  }

  @Override
  public void vote(MemberId to, MemberId victim, LivenessEffect.Why why) {
    send(to, new GatewayMessage.VotedDown(victim, why.toString()));
  }

  /// What is sent to a member that this one does not work with is lost, as anything may be.
  private void send(MemberId to, GatewayMessage.OfLeases message) {
    var fellow = known.get(to);
    if (fellow != null) {
      fellow.desk().tell(new Letter(self, Letter.NOBODY_WAITS, message));
    }
  }
}
