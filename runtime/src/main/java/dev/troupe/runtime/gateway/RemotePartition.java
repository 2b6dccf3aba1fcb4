package dev.troupe.runtime.gateway;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.Resources.AheadException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.SeenVersions;
import dev.troupe.runtime.collection.protocol.ClosingReply;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.Promise;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.waiting.Orders;
import dev.troupe.runtime.collection.whereabouts.Elsewhere;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.resource.Recipient;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A partition of another member: what it is told goes by letter.
final class RemotePartition implements Elsewhere {

  /// After it nobody waits for an answer any more, whatever he said.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final PartitionId id;
  private final MemberId member;
  private final Post post;
  private final RemoteStreams streams;
  private final RemoteLists lists;
  private final SeenVersions seen;
  private final InstantSource time;

  RemotePartition(
      PartitionId id,
      MemberId member,
      Post post,
      RemoteStreams streams,
      RemoteLists lists,
      SeenVersions seen,
      InstantSource time) {
    this.id = id;
    this.member = member;
    this.post = post;
    this.streams = streams;
    this.lists = lists;
    this.seen = seen;
    this.time = time;
  }

  @Override
  public PartitionId id() {
    return id;
  }

  @Override
  public String owner() {
    return member.address();
  }

  @Override
  public void tell(PartitionMessage.Request request) {
    switch (request) {
      case PartitionMessage.Write write -> write(write);
      case PartitionMessage.Ask ask -> ask(ask);
      case PartitionMessage.CloseNamespace close -> close(close);
      case PartitionMessage.Follow follow -> streams.follow(member, id, follow);
      case PartitionMessage.Credit credit -> streams.credit(member, id, credit);
      case PartitionMessage.Unfollow(var follower) -> streams.unfollow(member, id, follower);
      // Who wakes it and who lets it leave is not up to other members. Who asks a former owner asks
      // a member, wherever the partition is thought to be.
      case PartitionMessage.Wake _, PartitionMessage.Leave _, PartitionMessage.GiveUp _ -> {}
    }
  }

  private void write(PartitionMessage.Write write) {
    var letter = GatewayMessage.Write.of(id, write.request(), time.instant());
    var awaited = new AwaitedWrite(id, write.replyTo(), seen);
    if (!post.ask(member, letter, letter.left().plus(PATIENCE), awaited)) {
      write.replyTo().tell(new WriteReply.Refused(gone()));
    }
  }

  private Refusal gone() {
    return Refusal.unavailable(id + " is moving to another member; the write was not stored");
  }

  private record AwaitedWrite(
      PartitionId partition, Recipient<WriteReply> replyTo, SeenVersions seen) implements Awaited {

    @Override
    public void answered(GatewayMessage.OfAPartition answer) {
      if (answer instanceof GatewayMessage.WriteAnswered(var reply, _, var shown)) {
        seen.show(partition.collection(), shown);
        replyTo.tell(reply);
      } else {
        lost();
      }
    }

    @Override
    public void lost() {
      replyTo.tell(new WriteReply.Refused(Orders.unknownOutcome()));
    }
  }

  private void ask(PartitionMessage.Ask ask) {
    var awaited = new AwaitedPromise(id, ask.replyTo());
    var question = new GatewayMessage.PromiseAsked(id, ask.version());
    if (!post.ask(member, question, PATIENCE, awaited)) {
      awaited.lost();
    }
  }

  private record AwaitedPromise(PartitionId partition, Recipient<Promise> replyTo)
      implements Awaited {

    @Override
    public void answered(GatewayMessage.OfAPartition answer) {
      switch (answer) {
        case GatewayMessage.PromiseGiven(var version) -> replyTo.tell(new Promise.Known(version));
        case GatewayMessage.PromiseAhead(var version) -> replyTo.tell(new Promise.Ahead(version));
        case GatewayMessage.PromiseDenied(var why, var moving) ->
            replyTo.tell(new Promise.Denied(why, moving));
        case GatewayMessage.WriteAnswered _,
            GatewayMessage.NamespaceClosed _,
            GatewayMessage.GivenUp _,
            GatewayMessage.Got _,
            GatewayMessage.OfALister _ ->
            lost();
      }
    }

    @Override
    public void lost() {
      replyTo.tell(new Promise.Denied(partition + " is moving", true));
    }
  }

  private void close(PartitionMessage.CloseNamespace close) {
    var question = new GatewayMessage.CloseNamespace(id, close.uid(), close.keep());
    var awaited = new AwaitedClosing(id, close.replyTo());
    if (!post.ask(member, question, PATIENCE, awaited)) {
      awaited.lost();
    }
  }

  private record AwaitedClosing(PartitionId partition, Recipient<ClosingReply> replyTo)
      implements Awaited {

    @Override
    public void answered(GatewayMessage.OfAPartition answer) {
      switch (answer) {
        case GatewayMessage.NamespaceClosed(var uid) -> replyTo.tell(new ClosingReply.Done(uid));
        case GatewayMessage.PromiseDenied(var why, _) -> replyTo.tell(new ClosingReply.NotNow(why));
        case GatewayMessage.WriteAnswered _,
            GatewayMessage.GivenUp _,
            GatewayMessage.PromiseGiven _,
            GatewayMessage.PromiseAhead _,
            GatewayMessage.Got _,
            GatewayMessage.OfALister _ ->
            lost();
      }
    }

    @Override
    public void lost() {
      replyTo.tell(new ClosingReply.NotNow(partition + " is moving"));
    }
  }

  @Override
  public CompletionStage<Sighted> get(ResourceKey key, long atLeast) {
    var awaited = new AwaitedLook(id, new CompletableFuture<>());
    if (!post.ask(member, new GatewayMessage.GetAsked(id, key, atLeast), PATIENCE, awaited)) {
      awaited.lost();
    }
    return awaited.look();
  }

  private static AheadException ahead(long version) {
    return new AheadException("version " + version + " is ahead of time");
  }

  private record AwaitedLook(PartitionId partition, CompletableFuture<Sighted> look)
      implements Awaited {

    @Override
    public void answered(GatewayMessage.OfAPartition answer) {
      switch (answer) {
        case GatewayMessage.Got(var resource, var version) ->
            look.complete(
                new Sighted(
                    Optional.ofNullable(resource).map(found -> found.of(partition.collection())),
                    version));
        case GatewayMessage.PromiseAhead(var version) -> look.completeExceptionally(ahead(version));
        case GatewayMessage.PromiseDenied(var why, var moving) -> fail(why, moving);
        case GatewayMessage.WriteAnswered _,
            GatewayMessage.NamespaceClosed _,
            GatewayMessage.GivenUp _,
            GatewayMessage.PromiseGiven _,
            GatewayMessage.OfALister _ ->
            lost();
      }
    }

    @Override
    public void lost() {
      fail(partition + " is moving", true);
    }

    private void fail(String why, boolean moving) {
      look.completeExceptionally(new UnavailableException(why, moving));
    }
  }

  @Override
  public CompletionStage<Long> newest(long atLeast) {
    var newest = new CompletableFuture<Long>();
    var awaited =
        new AwaitedPromise(
            id,
            promise -> {
              switch (promise) {
                case Promise.Known(var version) -> newest.complete(version);
                case Promise.Given(var root) -> newest.complete(root.version());
                case Promise.Ahead(var version) -> newest.completeExceptionally(ahead(version));
                case Promise.Denied(var why, var moving) ->
                    newest.completeExceptionally(new UnavailableException(why, moving));
              }
            });
    if (!post.ask(member, new GatewayMessage.NewestAsked(id, atLeast), PATIENCE, awaited)) {
      awaited.lost();
    }
    return newest;
  }

  @Override
  public CompletionStage<ListCursor> list(ListQuery query, boolean fromStore) {
    return lists.list(id, member, query, fromStore);
  }

  @Override
  public String toString() {
    return id + " at " + member;
  }
}
