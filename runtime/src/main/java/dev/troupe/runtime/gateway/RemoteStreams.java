package dev.troupe.runtime.gateway;

import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.StreamItem;
import dev.troupe.runtime.collection.protocol.StreamedItem;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.report.GuestBook;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.resource.Recipient;
import dev.troupe.runtime.store.PartitionId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Changes on their way between members: who here follows partitions elsewhere, and who elsewhere
/// follows those here. Whatever is lost is repeated by those who follow, or read from the log.
final class RemoteStreams {

  /// How many bytes of objects go in a stream; with what is told of them beside, it is less than a
  /// frame.
  private static final long LARGE = 96 * 1024;

  /// Somebody here who follows a partition.
  private record Followed(PartitionId partition, long follower) {}

  /// @param partition as it is known here
  private record Following(PartitionId partition, Recipient<StreamedItem> replyTo) {

    private void tell(StreamedItem streamed) {
      replyTo.tell(streamed.of(partition));
    }
  }

  private final Peers peers;
  private final PartitionDirectory directory;
  private final GuestBook guests;
  private final Map<Followed, Following> here = new ConcurrentHashMap<>();

  RemoteStreams(Peers peers, PartitionDirectory directory, GuestBook guests) {
    this.peers = peers;
    this.directory = directory;
    this.guests = guests;
  }

  /// Called on any thread, like the next two.
  void follow(MemberId owner, PartitionId partition, PartitionMessage.Follow follow) {
    here.put(
        new Followed(partition, follow.follower()), new Following(partition, follow.replyTo()));
    peers.send(
        owner,
        new GatewayMessage.Follow(partition, follow.follower(), follow.attempt(), follow.credit()));
  }

  void credit(MemberId owner, PartitionId partition, PartitionMessage.Credit credit) {
    peers.send(
        owner,
        new GatewayMessage.Credit(
            partition, credit.follower(), credit.attempt(), credit.total(), credit.known()));
  }

  void unfollow(MemberId owner, PartitionId partition, long follower) {
    here.remove(new Followed(partition, follower));
    peers.send(owner, new GatewayMessage.Unfollow(partition, follower));
  }

  void on(MemberId from, GatewayMessage.OfStreams letter) {
    switch (letter) {
      case GatewayMessage.Streamed(var follower, var streamed) -> {
        var following = here.get(new Followed(streamed.item().partition(), follower));
        if (following != null) {
          following.tell(streamed);
        }
      }
      case GatewayMessage.Follow(var partition, var follower, var attempt, var credit) ->
          tell(
              partition,
              new PartitionMessage.Follow(
                  guests.number(from, partition, follower),
                  attempt,
                  credit,
                  streamed ->
                      peers.send(from, new GatewayMessage.Streamed(follower, light(streamed)))));
      case GatewayMessage.Credit(var partition, var follower, var attempt, var total, var known) ->
          tell(
              partition,
              new PartitionMessage.Credit(
                  guests.number(from, partition, follower), attempt, total, known));
      case GatewayMessage.Unfollow(var partition, var follower) ->
          guests
              .leaves(from, partition, follower)
              .ifPresent(guest -> tell(partition, new PartitionMessage.Unfollow(guest)));
    }
  }

  /// Of what is large only that it has happened goes to the follower, who then reads the log: every
  /// member has it at hand.
  private static StreamedItem light(StreamedItem streamed) {
    if (streamed.item() instanceof StreamItem.Item item && item.weight() > LARGE) {
      var beat =
          new StreamItem.Heartbeat(item.partition(), item.epoch(), item.version(), item.version());
      return new StreamedItem(streamed.attempt(), streamed.sent(), beat);
    }
    return streamed;
  }

  private void tell(PartitionId partition, PartitionMessage.Request request) {
    directory.here(partition).ifPresent(found -> found.tell(request));
  }

  /// The partitions forget its followers when they have been silent for long enough.
  void gone(MemberId member) {
    guests.gone(member);
  }
}
