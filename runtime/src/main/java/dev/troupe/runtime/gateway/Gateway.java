package dev.troupe.runtime.gateway;

import dev.troupe.runtime.collection.whereabouts.Announcer;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsEffect;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsLogic;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsMessage;
import dev.troupe.runtime.gateway.logic.ParcelLimits;
import dev.troupe.runtime.gateway.message.Bundle;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.gateway.message.Packed;
import dev.troupe.runtime.gateway.message.Sendable;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.wire.MalformedException;
import dev.troupe.runtime.wire.NewerFormatException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
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

    record Acting(Roll roll) implements News {}
  }

  private final ActorContext<Object> context;
  private final Cluster cluster;
  private final GatewayParts parts;
  private final Joining joining;
  private final Peers peers;
  private final Threshold threshold;
  private final Post post;
  private final Reception reception;
  private final RemoteStreams streams;
  private final RemoteLists lists;
  private final WhereaboutsLogic whereabouts = new WhereaboutsLogic();

  /// All others of the cluster, whether this one works with them or not yet.
  private final Set<MemberId> members = new HashSet<>();

  /// The partitions that are here, and their epochs.
  private final Map<PartitionId, Long> announced = new HashMap<>();

  /// The one that this member acts by.
  private Roll roll = Roll.NONE;

  /// Begins to listen, and to knock at the doors of the seeds.
  ///
  /// @return who is to be told each roll that this member acts by
  public static Consumer<Roll> start(ActorSystem<?> system, GatewayParts parts, Joining joining) {
    var self = id(Cluster.get(system).selfMember().uniqueAddress());
    var limits = ParcelLimits.of(parts.largestObject());
    var peers =
        new Peers(
            self,
            address -> Peers.Ways.to(system, address),
            parts.acquaintances()::spoken,
            limits,
            parts.time(),
            parts.measures());
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
    return roll -> gateway.tell(new News.Acting(roll));
  }

  /// A member by its name in Pekko's cluster.
  public static MemberId id(UniqueAddress member) {
    return new MemberId(text(member.address()), member.longUid());
  }

  /// How members call an address.
  public static String text(Address address) {
    return address.getHost().orElse("") + address.getPort().map(port -> ":" + port).orElse("");
  }

  /// Where letters of a kind go at another member, which need not be there.
  ///
  /// @param address of the member
  /// @param name of whoever takes them, below those that the system itself has begun
  public static <T> ActorRef<T> desk(ActorSystem<?> system, String address, String name) {
    return ActorRefResolver.get(system)
        .resolveActorRef("pekko://" + system.name() + "@" + address + "/system/" + name);
  }

  private Gateway(ActorContext<Object> context, GatewayParts parts, Joining joining, Peers peers) {
    this.context = context;
    this.cluster = Cluster.get(context.getSystem());
    this.parts = parts;
    this.joining = joining;
    this.peers = peers;
    this.post = new Post(peers, parts.time(), parts.measures());
    this.streams = new RemoteStreams(peers, parts.directory(), parts.guests());
    this.lists = new RemoteLists(post, parts.seen(), parts.executor());
    this.reception = new Reception(peers, parts);
    this.threshold = new Threshold(context.getSystem(), peers, joining, this::open);
  }

  private Behavior<Object> begin() {
    var self = context.getSelf();
    parts.reports().connect(peers.others());
    cluster
        .subscriptions()
        .tell(
            Subscribe.create(
                context.messageAdapter(ClusterEvent.MemberEvent.class, News.Membership::new),
                ClusterEvent.MemberEvent.class));
    directory().askThrough(post);
    directory()
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
          case Bundle bundle -> bundle.letters().forEach(this::open);
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
      case News.Acting(var roll) -> on(roll);
    }
  }

  private void announce(MemberId peer, PartitionId partition, long epoch) {
    peers.send(peer, new GatewayMessage.PartitionHere(partition, epoch, true));
  }

  private void tick() {
    threshold.knock(now());
    members.stream()
        .filter(member -> !peers.isOpen(member))
        .forEach(member -> threshold.sayHello(member.address()));
    if (parts.acquaintances().isLeaving()) {
      peers.all().forEach(peer -> peers.send(peer, new GatewayMessage.Departing()));
    }
    post.look();
    reception.look();
    peers.parcels().look();
  }

  private long now() {
    return parts.time().millis();
  }

  private void on(ClusterEvent.MemberEvent event) {
    var member = id(event.member().uniqueAddress());
    if (member.equals(peers.self())) {
      return;
    }
    if (event instanceof ClusterEvent.MemberRemoved
        || event instanceof ClusterEvent.MemberDowned
        || isStruck(member)) {
      went(member);
    } else if (members.add(member)) {
      parts.acquaintances().expect(member);
      threshold.sayHello(member.address());
    }
  }

  /// Whoever is in the roll alone has begun the cluster. Others that were in one before have been
  /// struck: what they still want comes too late.
  private void on(Roll roll) {
    this.roll = roll;
    if (roll.members().equals(Set.of(peers.self()))) {
      threshold.begin(now());
    }
    members.stream().filter(this::isStruck).toList().forEach(this::went);
  }

  private boolean isStruck(MemberId member) {
    return roll.former().contains(member) && !roll.includes(member);
  }

  /// Nothing that it says counts any more, and nobody waits for it.
  private void went(MemberId member) {
    members.remove(member);
    peers.close(member);
    parts.acquaintances().went(member);
    joining.circle().parted(member);
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

  /// Each for itself: what cannot be read, or handled, takes no other with it.
  private void open(Sendable letter) {
    try {
      context
          .getSelf()
          .tell(letter instanceof Packed packed ? WireSerializer.unpack(packed) : letter);
    } catch (MalformedException | NewerFormatException unreadable) {
      context.getLog().warn("a letter of a bundle cannot be read: {}", unreadable.getMessage());
    }
  }

  private void on(Letter letter) {
    var from = letter.from();
    if (letter.message() instanceof GatewayMessage.OfTheDoor || peers.isOpen(from)) {
      parts.measures().received(letter.message());
      on(from, letter.correlation(), letter.message());
    } else {
      parts.measures().dropped(letter.message());
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
      case GatewayMessage.Departing _ -> parts.acquaintances().departs(from);
      case GatewayMessage.OfTheDoor atTheDoor -> threshold.on(from, atTheDoor, now());
      case GatewayMessage.OfParcels parcel ->
          peers.parcels().on(from, parcel).ifPresent(packed -> unpack(from, packed));
      case GatewayMessage.OfOverviews overview -> parts.reports().on(from, overview);
      case GatewayMessage.OfLeases _, GatewayMessage.ForPeople _ ->
          context.getLog().debug("{} of {} goes to a desk of its own", message, from);
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

  /// Whoever is not in the cluster is not worked with.
  private void open(MemberId member, Introduction introduction) {
    if (!members.contains(member)) {
      return;
    }
    parts.acquaintances().came(member, introduction);
    if (peers.open(member)) {
      joining.circle().met(member, introduction);
      carryOut(new WhereaboutsMessage.Came(member));
    }
    announced.forEach((partition, epoch) -> announce(member, partition, epoch));
  }
}
