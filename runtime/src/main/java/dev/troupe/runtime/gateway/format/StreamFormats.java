package dev.troupe.runtime.gateway.format;

import dev.troupe.resources.codec.owners.StoredJson;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.protocol.StreamItem;
import dev.troupe.runtime.collection.protocol.StreamedItem;
import dev.troupe.runtime.gateway.message.GatewayMessage.Credit;
import dev.troupe.runtime.gateway.message.GatewayMessage.Follow;
import dev.troupe.runtime.gateway.message.GatewayMessage.Streamed;
import dev.troupe.runtime.gateway.message.GatewayMessage.Unfollow;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.wire.MalformedException;
import dev.troupe.runtime.wire.WireFormat;
import dev.troupe.runtime.wire.WireReader;
import dev.troupe.runtime.wire.WireWriter;
import java.util.List;

/// The changes of partitions, on their way to those who follow them.
final class StreamFormats {

  // A number is for ever: a variant that is gone keeps its own.
  private static final int STARTED = 1;
  private static final int ITEM = 2;
  private static final int HEARTBEAT = 3;

  private static final int ADDED = 1;
  private static final int MODIFIED = 2;
  private static final int DELETED = 3;

  static final List<WireFormat<?>> ALL =
      List.of(
          WireFormat.of("fo", Follow.class)
              .since(
                  1,
                  (out, follow) -> {
                    Parts.partition(out, follow.partition());
                    out.number(follow.follower());
                    out.number(follow.attempt());
                    out.number(follow.credit());
                  },
                  in -> new Follow(Parts.partition(in), in.number(), in.number(), in.number())),
          WireFormat.of("cr", Credit.class)
              .since(
                  1,
                  (out, credit) -> {
                    Parts.partition(out, credit.partition());
                    out.number(credit.follower());
                    out.number(credit.attempt());
                    out.number(credit.total());
                    out.number(credit.known());
                  },
                  in ->
                      new Credit(
                          Parts.partition(in), in.number(), in.number(), in.number(), in.number())),
          WireFormat.of("uf", Unfollow.class)
              .since(
                  1,
                  (out, unfollow) -> {
                    Parts.partition(out, unfollow.partition());
                    out.number(unfollow.follower());
                  },
                  in -> new Unfollow(Parts.partition(in), in.number())),
          WireFormat.of("st", Streamed.class)
              .since(1, StreamFormats::streamed, StreamFormats::streamed));

  private StreamFormats() {}

  private static void streamed(WireWriter out, Streamed letter) {
    out.number(letter.follower());
    out.number(letter.streamed().attempt());
    out.number(letter.streamed().sent());
    item(out, letter.streamed().item());
  }

  private static Streamed streamed(WireReader in) {
    return new Streamed(in.number(), new StreamedItem(in.number(), in.number(), item(in)));
  }

  private static void item(WireWriter out, StreamItem item) {
    Parts.partition(out, item.partition());
    out.number(item.epoch());
    switch (item) {
      case StreamItem.Started started -> {
        out.octet(STARTED);
        out.number(started.version());
      }
      case StreamItem.Item next -> {
        out.octet(ITEM);
        out.number(next.previous());
        change(out, next.change());
      }
      case StreamItem.Heartbeat beat -> {
        out.octet(HEARTBEAT);
        out.number(beat.last());
        out.number(beat.settled());
      }
    }
  }

  private static StreamItem item(WireReader in) {
    var partition = Parts.partition(in);
    long epoch = in.number();
    return item(in, partition, epoch);
  }

  private static StreamItem item(WireReader in, PartitionId partition, long epoch) {
    int variant = in.octet();
    return switch (variant) {
      case STARTED -> new StreamItem.Started(partition, epoch, in.number());
      case ITEM -> new StreamItem.Item(partition, epoch, in.number(), change(in));
      case HEARTBEAT -> new StreamItem.Heartbeat(partition, epoch, in.number(), in.number());
      default -> throw new MalformedException("nothing in a stream has the number " + variant);
    };
  }

  private static void change(WireWriter out, WatchItem.Changed change) {
    out.octet(
        switch (change.type()) {
          case ADDED -> ADDED;
          case MODIFIED -> MODIFIED;
          case DELETED -> DELETED;
        });
    Parts.resource(out, change.resource());
    out.optional(change.previous(), StreamFormats::previous);
  }

  private static WatchItem.Changed change(WireReader in) {
    return new WatchItem.Changed(
        type(in.octet()), Parts.resource(in), in.optional(StreamFormats::previous));
  }

  private static WatchItem.Type type(int variant) {
    return switch (variant) {
      case ADDED -> WatchItem.Type.ADDED;
      case MODIFIED -> WatchItem.Type.MODIFIED;
      case DELETED -> WatchItem.Type.DELETED;
      default -> throw new MalformedException("no change has the number " + variant);
    };
  }

  private static void previous(WireWriter out, WatchItem.Previous previous) {
    out.texts(previous.labels());
    out.texts(previous.fields());
    out.optional(previous.content(), (to, content) -> to.bytes(content.bytes()));
  }

  private static WatchItem.Previous previous(WireReader in) {
    return new WatchItem.Previous(
        in.texts(), in.texts(), in.optional(from -> StoredJson.of(from.bytes())));
  }
}
