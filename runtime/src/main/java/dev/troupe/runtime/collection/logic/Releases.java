package dev.troupe.runtime.collection.logic;

import dev.troupe.api.resource.Version;
import dev.troupe.runtime.collection.index.Entry;
import dev.troupe.runtime.collection.index.Index;
import dev.troupe.runtime.collection.index.Root;
import dev.troupe.runtime.collection.protocol.PartitionMessage;

/// What an epoch has released: it is in the index, can be read, and those who follow are told.
final class Releases {

  private final long epoch;
  private final Lasting lasting;
  private final Tombstones tombstones;

  private Index index;

  /// Everything up to here is in the index, and nothing below will come.
  private long version;

  /// The last change (or start) that followers were told of.
  private long streamed;

  /// @param version up to which `index` is known to have everything; [Version#NONE] if nothing is
  ///   known of the partition
  Releases(long epoch, Index index, long version, Lasting lasting) {
    this.epoch = epoch;
    this.index = index;
    this.version = version;
    this.lasting = lasting;
    this.tombstones = new Tombstones(index);
  }

  long version() {
    return version;
  }

  /// Whether it can be read.
  boolean hasBegun() {
    return version != Version.NONE;
  }

  /// Nothing at or below `upTo` will come but what is in the index.
  void reach(long upTo) {
    version = upTo;
  }

  /// Lets it be read as it is now.
  void publish(long now) {
    lasting.roots().add(new Root(index, version, now));
  }

  /// Tells all followers that the epoch has begun here.
  void start() {
    streamed = version;
    lasting.followers().start(epoch, version);
  }

  /// Streams to a follower from here on; if the epoch has not begun it will when it does.
  void start(long follower) {
    if (hasBegun()) {
      lasting.followers().start(follower, epoch, version);
    }
  }

  /// Releases an event: the next there is.
  void add(PartitionMessage.Stored next, long now) {
    var event = next.event();
    var entry = Entry.of(event, next.resource());
    if (entry.isTombstone()) {
      tombstones.add(entry);
    }
    var before = index.get(entry.namespace(), entry.name());
    index = index.with(entry);
    version = event.version();
    publish(now);
    lasting
        .followers()
        .send(epoch, streamed, event, next.resource(), before == null ? null : before.resource());
    streamed = version;
  }

  /// Tells followers how far everything is.
  void beat() {
    lasting.followers().beat(epoch, streamed, version);
  }

  void forgetTombstones(long now) {
    var settings = lasting.settings();
    var rest =
        tombstones.forget(index, now - settings.tombstones().toMillis(), settings.mostTombstones());
    if (rest != index) {
      index = rest;
      publish(now);
    }
  }
}
