package dev.troupe.runtime.gateway;

import dev.troupe.runtime.collection.whereabouts.Announcer;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsEffect;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsLogic;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsMessage;
import dev.troupe.runtime.gateway.logic.ParcelLimits;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.gateway.message.Packed;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Subscribe;

/// Where the letters of other members arrive, and what is done about them. Every member has one
/// under the same name: it is found by the address of its member, and no reference ever travels.
public final class Gateway {

  private static final Duration TICK = Duration.ofMillis(200);

  /// What its own member tells it.
  private sealed interface News {

    record Membership(ClusterEvent.MemberEvent event) implements News {}

    record Tick() implements News {}

    record Began(PartitionId partition, long epoch) implements News {}

    record Left(PartitionId partition) implements News {}

    /// Something came in parts and is nothing.
    record Unreadable(MemberId from, String why) implements News {}
  }

  private final ActorContext<Object> context;
  private final Cluster cluster;
  private final GatewayParts parts;
  private final Joining joining;
  private final Peers peers;
  private final Post post;
  private final Reception reception;
  private final RemoteStreams streams;
  private final RemoteLists lists;
  private final WhereaboutsLogic whereabouts = new WhereaboutsLogic();

  /// All others of the cluster, whether this one works with them or not yet.
  private final Set<MemberId> members = new HashSet<>();

  /// The partitions that are here, and their epochs.
  private final Map<PartitionId, Long> announced = new HashMap<>();

  /// Whether it still knocks at the doors of the seeds.
  private boolean knocking;

  /// Begins to listen, and to knock at the doors of the seeds.
  public static void start(ActorSystem<?> system, GatewayParts parts, Joining joining) {
    var self = id(Cluster.get(system).selfMember().uniqueAddress());
    var limits = ParcelLimits.of(parts.largestObject());
    var peers =
        new Peers(
            self,
            address -> Peers.Ways.to(system, address),
            parts.acquaintances()::spoken,
            limits,
            parts.time());
    Behavior<Object> behavior =
        Behaviors.setup(context -> new Gateway(context, parts, joining, peers).begin());
    // A letter that cannot be handled is one that is lost: what is known stays.
    var gateway =
        system.systemActorOf(
            Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume()),
            Peers.Ways.GATEWAY,
            Props.empty());
    system.systemActorOf(
        Behaviors.<Object>receiveMessage(letter -> {
          gateway.tell(letter);
          return Behaviors.same();
        }),
        Peers.Ways.BULK,
        Props.empty());
  }

  /// A member by its name in Pekko's cluster.
  public static MemberId id(UniqueAddress member) {
    return new MemberId(text(member.address()), member.longUid());
  }

  /// How members call an address.
  public static String text(Address address) {
    return address.getHost().orElse("") + address.getPort().map(port -> ":" + port).orElse("");
  }

  private Gateway(ActorContext<Object> context, GatewayParts parts, Joining joining, Peers peers) {
    this.context = context;
    this.cluster = Cluster.get(context.getSystem());
    this.parts = parts;
    this.joining = joining;
    this.peers = peers;
    this.post = new Post(peers, parts.time());
    this.streams = new RemoteStreams(peers, parts.directory());
    this.lists = new RemoteLists(post, parts.seen(), parts.executor());
    this.reception = new Reception(peers, parts);
    this.knocking = !joining.seeds().isEmpty();
  }

  private Behavior<Object> begin() {
    var self = context.getSelf();
    cluster
        .subscriptions()
        .tell(
            Subscribe.create(
                context.messageAdapter(ClusterEvent.MemberEvent.class, News.Membership::new),
                ClusterEvent.MemberEvent.class));
    parts
        .directory()
        .announceTo(
            new Announcer() {
              @Override
              public void began(PartitionId partition, long epoch) {
                self.tell(new News.Began(partition, epoch));
              }

              @Override
              public void left(PartitionId partition) {
                self.tell(new News.Left(partition));
              }
            });
    return Behaviors.withTimers(timers -> {
      timers.startTimerWithFixedDelay(new News.Tick(), Duration.ZERO, TICK);
      return Behaviors.receiveMessage(message -> {
        switch (message) {
          case Letter letter -> on(letter);
          case News news -> on(news);
          default -> context.getLog().warn("nobody says {} to a gateway", message);
        }
        return Behaviors.same();
      });
    });
  }

  private void on(News news) {
    switch (news) {
      case News.Membership(var event) -> on(event);
      case News.Tick() -> tick();
      case News.Unreadable(var from, var why) ->
          context.getLog().warn("a letter of {} cannot be read: {}", from, why);
      case News.Began(var partition, var epoch) -> {
        announced.put(partition, epoch);
        peers.all().forEach(peer -> announce(peer, partition, epoch));
      }
      case News.Left(var partition) -> {
        var epoch = announced.remove(partition);
        if (epoch != null) {
          var gone = new GatewayMessage.PartitionGone(partition, epoch);
          peers.all().forEach(peer -> peers.send(peer, gone));
        }
      }
    }
  }

  private void announce(MemberId peer, PartitionId partition, long epoch) {
    peers.send(peer, new GatewayMessage.PartitionHere(partition, epoch, true));
  }

  private void tick() {
    if (knocking) {
      joining.seeds().forEach(this::sayHello);
    }
    members.stream()
        .filter(member -> !peers.isOpen(member))
        .forEach(member -> sayHello(member.address()));
    post.look();
    reception.look();
    peers.parcels().look();
  }

  private void sayHello(String address) {
    peers.say(address, new GatewayMessage.Hello(joining.introduction().get()));
  }

  // The members of the cluster

  private void on(ClusterEvent.MemberEvent event) {
    var member = id(event.member().uniqueAddress());
    if (member.equals(peers.self())) {
      return;
    }
    if (event instanceof ClusterEvent.MemberRemoved || event instanceof ClusterEvent.MemberDowned) {
      went(member);
    } else if (members.add(member)) {
      sayHello(member.address());
    }
  }

  /// Nothing that it says counts any more, and nobody waits for it.
  private void went(MemberId member) {
    members.remove(member);
    peers.close(member);
    parts.acquaintances().went(member);
    carryOut(new WhereaboutsMessage.Went(member));
    post.gone(member);
    streams.gone(member);
    reception.gone(member);
  }

  private void carryOut(WhereaboutsMessage message) {
    for (var effect : whereabouts.on(message)) {
      switch (effect) {
        case WhereaboutsEffect.Discovered(var partition, var member) ->
            directory()
                .located(
                    new RemotePartition(
                        partition, member, post, streams, lists, parts.seen(), parts.time()));
        case WhereaboutsEffect.Missed(var partition) -> directory().missed(partition);
      }
    }
  }

  private PartitionDirectory directory() {
    return parts.directory();
  }

  // Letters

  private void on(Letter letter) {
    var from = letter.from();
    if (letter.message() instanceof GatewayMessage.OfTheDoor || peers.isOpen(from)) {
      on(from, letter.correlation(), letter.message());
    }
  }

  private void on(MemberId from, long correlation, GatewayMessage message) {
    switch (message) {
      case GatewayMessage.ToAPartition question -> reception.on(from, correlation, question);
      case GatewayMessage.OfStreams letter -> streams.on(from, letter);
      case GatewayMessage.OfAPartition answer -> post.answered(from, correlation, answer);
      case GatewayMessage.PartitionHere(var partition, var epoch, _) ->
          carryOut(new WhereaboutsMessage.Announced(partition, from, epoch));
      case GatewayMessage.PartitionGone(var partition, var epoch) ->
          carryOut(new WhereaboutsMessage.Withdrawn(partition, from, epoch));
      case GatewayMessage.OfTheDoor atTheDoor -> atTheDoor(from, atTheDoor);
      case GatewayMessage.OfParcels parcel ->
          peers.parcels().on(from, parcel).ifPresent(packed -> unpack(from, packed));
      case GatewayMessage.OfLeases _, GatewayMessage.ForPeople _ ->
          context.getLog().debug("{} of {} is not understood yet", message, from);
    }
  }

  /// To read what is large takes a while.
  private void unpack(MemberId from, Packed packed) {
    context.pipeToSelf(
        CompletableFuture.supplyAsync(() -> WireSerializer.unpack(packed), parts.executor()),
        (letter, failure) -> {
          if (letter == null || !letter.from().equals(from)) {
            return new News.Unreadable(from, String.valueOf(failure));
          }
          return letter;
        });
  }

  private void atTheDoor(MemberId from, GatewayMessage.OfTheDoor message) {
    switch (message) {
      case GatewayMessage.Hello(var guest) -> welcome(from, guest);
      case GatewayMessage.LetIn(var host) -> letIn(from, host);
      case GatewayMessage.TurnedAway(var sentence) -> turnedAway(from, sentence);
    }
  }

  private void welcome(MemberId from, Introduction guest) {
    var self = joining.introduction().get();
    var objection = joining.keeper().objection(self, guest);
    if (objection.isPresent()) {
      context.getLog().warn("{} is turned away: {}", from, objection.get());
      peers.say(from.address(), new GatewayMessage.TurnedAway(objection.get()));
    } else {
      peers.say(from.address(), new GatewayMessage.LetIn(self));
      open(from, guest);
      announced.forEach((partition, epoch) -> announce(from, partition, epoch));
    }
  }

  private void letIn(MemberId from, Introduction host) {
    var objection = joining.keeper().objection(joining.introduction().get(), host);
    if (objection.isPresent()) {
      context.getLog().warn("{} is not worked with: {}", from, objection.get());
      turnAway("this member does not work with %s: %s".formatted(from.address(), objection.get()));
      return;
    }
    if (knocking && joining.seeds().contains(from.address())) {
      knocking = false;
      var address =
          AddressFromURIString.parse(
              "pekko://" + context.getSystem().name() + "@" + from.address());
      cluster.manager().tell(Join.create(address));
    }
    open(from, host);
  }

  private void turnedAway(MemberId from, String sentence) {
    context.getLog().error("{} turns this member away: {}", from, sentence);
    turnAway("%s turns this member away: %s".formatted(from.address(), sentence));
  }

  private void turnAway(String why) {
    if (knocking) {
      knocking = false;
      joining.turnedAway().accept(why);
    }
  }

  /// Whoever is not in the cluster is not worked with.
  private void open(MemberId member, Introduction introduction) {
    if (!members.contains(member)) {
      return;
    }
    parts.acquaintances().came(member, introduction);
    if (peers.open(member)) {
      carryOut(new WhereaboutsMessage.Came(member));
      announced.forEach((partition, epoch) -> announce(member, partition, epoch));
    }
  }
}
