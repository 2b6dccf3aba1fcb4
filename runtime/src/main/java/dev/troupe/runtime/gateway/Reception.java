package dev.troupe.runtime.gateway;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.Resources.AheadException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.SeenVersions;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.protocol.ClosingReply;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.Promise;
import dev.troupe.runtime.collection.reading.PartitionReader;
import dev.troupe.runtime.collection.waiting.Orders;
import dev.troupe.runtime.collection.whereabouts.Freshness;
import dev.troupe.runtime.collection.whereabouts.Here;
import dev.troupe.runtime.collection.whereabouts.HostFence;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.collection.whereabouts.TracedWrites;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.gateway.bulk.ServedLists;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.ListRefusal;
import dev.troupe.runtime.handover.Handover;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.resource.Deadlines;
import dev.troupe.runtime.resource.WriteReply;
import java.time.InstantSource;

/// Has done here what other members want of the partitions of this one.
final class Reception {

  /// How long after its deadline a write that is not answered counts as one that is under way.
  private static final long GRACE_MILLIS = 5_000;

  private final Peers peers;
  private final PartitionDirectory directory;
  private final PartitionReader reader;
  private final Freshness freshness;
  private final HostFence hosts;
  private final SeenVersions seen;
  private final Handover handover;
  private final TracedWrites traced;
  private final InstantSource time;
  private final Deadlines writes = new Deadlines();
  private final ServedLists lists;

  Reception(Peers peers, GatewayParts parts) {
    this.peers = peers;
    this.directory = parts.directory();
    this.reader = parts.reader();
    this.freshness = parts.freshness();
    this.hosts = parts.hosts();
    this.seen = parts.seen();
    this.handover = parts.handover();
    this.traced = parts.traced();
    this.time = parts.time();
    this.lists = parts.lists();
  }

  void on(MemberId from, long correlation, GatewayMessage.ToAPartition question) {
    var asker = new Asker(from, correlation);
    switch (question) {
      // A list goes on when its partition has gone.
      case GatewayMessage.ListPulled pulled -> lists.pull(from, pulled, asker::answer);
      case GatewayMessage.ListEnded(_, var list) -> lists.end(from, list);
      default -> ask(from, question, asker);
    }
  }

  private void ask(MemberId from, GatewayMessage.ToAPartition question, Asker asker) {
    var here = directory.here(question.partition()).orElse(null);
    if (here == null) {
      asker.answer(missing(question));
      return;
    }
    switch (question) {
      case GatewayMessage.Write write -> write(write, here, asker);
      case GatewayMessage.CloseNamespace(_, var uid, var keep) ->
          here.tell(
              new PartitionMessage.CloseNamespace(uid, keep, reply -> asker.answer(said(reply))));
      case GatewayMessage.PromiseAsked(_, var version) ->
          here.tell(new PartitionMessage.Ask(version, promise -> asker.answer(said(promise))));
      case GatewayMessage.GiveUpAsked(_, var epoch) ->
          here.tell(
              new PartitionMessage.GiveUp(
                  epoch, of -> asker.answer(new GatewayMessage.GivenUp(of))));
      case GatewayMessage.GetAsked get -> get(get, asker);
      case GatewayMessage.NewestAsked newest -> newest(newest, asker);
      case GatewayMessage.ListAsked list -> lists.begin(from, list, asker::answer);
      case GatewayMessage.ListPulled _, GatewayMessage.ListEnded _ -> {}
    }
  }

  /// @param member who has asked
  private final class Asker {

    private final MemberId member;
    private final long correlation;

    private Asker(MemberId member, long correlation) {
      this.member = member;
      this.correlation = correlation;
    }

    /// What is too large to be sent now is said in short; a list is asked for again.
    ///
    /// @return false if it could not be sent
    private boolean answer(GatewayMessage.OfAPartition answer) {
      boolean sent = peers.send(member, correlation, answer);
      if (!sent) {
        switch (answer) {
          case GatewayMessage.WriteAnswered(_, _, var shown) ->
              answer(
                  new GatewayMessage.WriteAnswered(
                      new WriteReply.Refused(Orders.unknownOutcome()), false, shown));
          case GatewayMessage.Got _ ->
              answer(
                  new GatewayMessage.PromiseDenied("too much is on its way to " + member, false));
          default -> {}
        }
      }
      return sent;
    }
  }

  /// It has moved, or has not come yet.
  private GatewayMessage.OfAPartition missing(GatewayMessage.ToAPartition question) {
    var partition = question.partition();
    var why = partition + " is moving";
    return switch (question) {
      case GatewayMessage.Write _ ->
          new GatewayMessage.WriteAnswered(
              new WriteReply.Refused(
                  Refusal.unavailable(why + " to another member; the write was not stored")),
              true,
              seen.of(partition.collection()));
      // It comes back only in a later epoch.
      case GatewayMessage.GiveUpAsked(_, var epoch) -> new GatewayMessage.GivenUp(epoch);
      case GatewayMessage.PromiseAsked _,
          GatewayMessage.GetAsked _,
          GatewayMessage.NewestAsked _,
          GatewayMessage.CloseNamespace _ ->
          new GatewayMessage.PromiseDenied(why, true);
      case GatewayMessage.ToALister _ -> new GatewayMessage.ListRefused(ListRefusal.MOVING, why);
    };
  }

  /// It counts like a write of this member's own: what is done for several goes by the threads of
  /// the dispatcher.
  private void write(GatewayMessage.Write letter, Here here, Asker asker) {
    var now = time.instant();
    var collection = here.id().collection();
    var request = letter.request(collection, now);
    var objection = hosts.objection(asker.member, request);
    if (objection.isPresent()) {
      asker.answer(answered(collection, new WriteReply.Refused(objection.get())));
      return;
    }
    var underWay = writes.begin(request.deadline().toEpochMilli() + GRACE_MILLIS, handover::end);
    var write =
        traced.received(
            here,
            request.behind(seen.of(collection)),
            reply -> {
              if (writes.end(underWay)) {
                handover.end();
              }
              seen.show(collection, reply);
              asker.answer(answered(collection, freshness.of(reply)));
            });
    handover.begin();
    handover.tell(() -> here.tell(write));
  }

  private GatewayMessage.OfAPartition answered(TypeRef collection, WriteReply reply) {
    return new GatewayMessage.WriteAnswered(reply, reply.isNotStored(), seen.of(collection));
  }

  private static GatewayMessage.OfAPartition said(Promise promise) {
    return switch (promise) {
      case Promise.Given(var root) -> new GatewayMessage.PromiseGiven(root.version());
      case Promise.Known(var version) -> new GatewayMessage.PromiseGiven(version);
      case Promise.Ahead(var version) -> new GatewayMessage.PromiseAhead(version);
      case Promise.Denied(var why, var moving) -> new GatewayMessage.PromiseDenied(why, moving);
    };
  }

  private static GatewayMessage.OfAPartition said(ClosingReply reply) {
    return switch (reply) {
      case ClosingReply.Done(var uid) -> new GatewayMessage.NamespaceClosed(uid);
      case ClosingReply.NotNow(var why) -> new GatewayMessage.PromiseDenied(why, false);
    };
  }

  private void get(GatewayMessage.GetAsked get, Asker asker) {
    var _ =
        reader
            .newest(get.partition(), get.atLeast())
            .thenApply(state -> got(get, state))
            .exceptionally(failure -> refused(failure, get.atLeast()))
            .thenAccept(asker::answer);
  }

  /// Nobody may have written behind this member's back before the state was read.
  private GatewayMessage.OfAPartition got(GatewayMessage.GetAsked get, Snapshot state) {
    freshness.require();
    var found = state.get(get.key().namespace(), get.key().name()).orElse(null);
    seen.show(get.key().type(), state.version());
    return new GatewayMessage.Got(found, state.version());
  }

  private void newest(GatewayMessage.NewestAsked asked, Asker asker) {
    var _ =
        reader
            .newest(asked.partition(), asked.atLeast())
            .<GatewayMessage.OfAPartition>thenApply(state -> {
              freshness.require();
              return new GatewayMessage.PromiseGiven(state.version());
            })
            .exceptionally(failure -> refused(failure, asked.atLeast()))
            .thenAccept(asker::answer);
  }

  private static GatewayMessage.OfAPartition refused(Throwable failure, long version) {
    var cause = Failures.cause(failure);
    return cause instanceof AheadException
        ? new GatewayMessage.PromiseAhead(version)
        : new GatewayMessage.PromiseDenied(
            String.valueOf(cause.getMessage()),
            cause instanceof UnavailableException unavailable && unavailable.isMoving());
  }

  /// To be called now and then.
  void look() {
    writes.look(time.millis());
    lists.look();
  }

  /// A member asks nothing any more.
  void gone(MemberId member) {
    lists.gone(member);
  }
}
