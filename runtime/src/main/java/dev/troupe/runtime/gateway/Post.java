package dev.troupe.runtime.gateway;

import dev.troupe.runtime.collection.whereabouts.FormerOwners;
import dev.troupe.runtime.gateway.logic.Correlations;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.measure.MemberMeasures;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.time.InstantSource;

/// Asks other members, and finds whoever waits for what they answer.
final class Post implements FormerOwners {

  /// Whoever waits for a former owner asks again sooner.
  private static final Duration FORMER_ANSWERS = Duration.ofSeconds(5);

  private final Peers peers;
  private final InstantSource time;
  private final MemberMeasures measures;
  private final Correlations<Awaited> waiting;

  Post(Peers peers, InstantSource time, MemberMeasures measures) {
    this.peers = peers;
    this.time = time;
    this.measures = measures;
    this.waiting = new Correlations<>(peers.first());
  }

  /// @return false if it is certain that nothing was sent; then nobody is told anything
  boolean ask(
      MemberId member, GatewayMessage.ToAPartition question, Duration patience, Awaited awaited) {
    if (!peers.isOpen(member)) {
      return false;
    }
    var timed = new Timed(awaited, member.address(), question.getClass(), measures, measures.now());
    long correlation = waiting.begin(member, time.millis() + patience.toMillis(), timed);
    if (!peers.send(member, correlation, question)) {
      // Unless it went at this moment, and who waits has been told.
      return waiting.end(member, correlation).isEmpty();
    }
    if (!peers.isOpen(member)) {
      // It went at this moment; those who waited may have been told before this one began to.
      waiting.end(member, correlation).ifPresent(Awaited::lost);
    }
    return true;
  }

  @Override
  public void ask(MemberId former, PartitionId partition, long epoch, Runnable gone) {
    var awaited =
        new Awaited() {
          @Override
          public void answered(GatewayMessage.OfAPartition answer) {
            if (answer instanceof GatewayMessage.GivenUp(var of) && of == epoch) {
              gone.run();
            }
          }

          @Override
          public void lost() {}
        };
    var _ = ask(former, new GatewayMessage.GiveUpAsked(partition, epoch), FORMER_ANSWERS, awaited);
  }

  /// Somebody who waits, and since when.
  private record Timed(
      Awaited awaited, String peer, Class<?> question, MemberMeasures measures, long began)
      implements Awaited {

    @Override
    public void answered(GatewayMessage.OfAPartition answer) {
      measures.forwarded(peer, question, began, true);
      awaited.answered(answer);
    }

    @Override
    public void lost() {
      measures.forwarded(peer, question, began, false);
      awaited.lost();
    }
  }

  /// Says something that nobody answers.
  void say(MemberId member, GatewayMessage.ToAPartition message) {
    peers.send(member, message);
  }

  void answered(MemberId from, long correlation, GatewayMessage.OfAPartition answer) {
    waiting.end(from, correlation).ifPresent(awaited -> awaited.answered(answer));
  }

  /// Nobody sends anything to it any more.
  void gone(MemberId member) {
    waiting.gone(member).forEach(Awaited::lost);
  }

  /// To be called now and then.
  void look() {
    waiting.late(time.millis()).forEach(Awaited::lost);
  }
}
