package dev.troupe.persistence.embedded.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.index.EventIndex.Indexed;
import dev.troupe.persistence.embedded.index.EventIndex.Newest;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.runtime.store.EventRecord;
import java.nio.ByteBuffer;

/// The keys and values of the index's tables. Numbers are big-endian, so that keys are in the order
/// of their numbers; a collection is a number that the index has given it.
///
///     REFLECTED                                        → see Reflected
///     COLLECTION collection                            → partitions, horizon, type
///     VERSION    collection version                    → position, deleted, partition, resource
///     NEWEST     collection partition resource         → position, deleted, version, sequence
///     EVENT      collection resource partition version → position, deleted
public final class IndexKeys {

  private static final byte REFLECTED = 0;
  private static final byte COLLECTION = 1;
  private static final byte VERSION = 2;
  private static final byte NEWEST = 3;
  private static final byte EVENT = 4;

  private static final int TABLE = Byte.BYTES + Integer.BYTES;
  private static final int PLACE = Long.BYTES + Byte.BYTES;

  private IndexKeys() {}

  /// Where an event is, and whether it is a tombstone: the beginning of the values of events.
  record Place(long position, boolean deleted) {

    static Place of(byte[] value) {
      return new Place(ByteBuffer.wrap(value).getLong(), value[Long.BYTES] != 0);
    }

    static Place of(Indexed event) {
      return new Place(event.position(), event.event().type() == EventRecord.Type.DELETED);
    }

    private ByteBuffer put(ByteBuffer value) {
      return value.putLong(position).put((byte) (deleted ? 1 : 0));
    }
  }

  public static byte[] reflected() {
    return new byte[] {REFLECTED};
  }

  static byte[] collections() {
    return new byte[] {COLLECTION};
  }

  static byte[] collection(int collection) {
    return table(COLLECTION, collection, 0).array();
  }

  static int collection(byte[] key) {
    return ByteBuffer.wrap(key).getInt(1);
  }

  static byte[] state(CollectionState state) {
    var type = state.collection().toString().getBytes(UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + Long.BYTES + type.length)
        .putInt(state.partitions())
        .putLong(state.horizon())
        .put(type)
        .array();
  }

  static CollectionState state(byte[] value) {
    var bytes = ByteBuffer.wrap(value);
    int partitions = bytes.getInt();
    long horizon = bytes.getLong();
    return new CollectionState(TypeRef.parse(UTF_8.decode(bytes).toString()), partitions, horizon);
  }

  /// The resource as part of a key: no other's is the beginning of it.
  static byte[] resource(ResourceKey key) {
    var namespace = key.namespace().getBytes(UTF_8);
    var name = key.name().getBytes(UTF_8);
    return ByteBuffer.allocate(2 * Short.BYTES + namespace.length + name.length)
        .putShort(length(namespace))
        .put(namespace)
        .putShort(length(name))
        .put(name)
        .array();
  }

  /// The resource of which [#resource(ResourceKey)] made this.
  static ResourceKey key(TypeRef type, byte[] resource) {
    var bytes = ByteBuffer.wrap(resource);
    var namespace = text(bytes);
    return new ResourceKey(type, namespace, text(bytes));
  }

  private static String text(ByteBuffer bytes) {
    int length = bytes.getShort();
    var text = UTF_8.decode(bytes.slice(bytes.position(), length)).toString();
    bytes.position(bytes.position() + length);
    return text;
  }

  private static short length(byte[] text) {
    if (text.length > Short.MAX_VALUE) {
      throw new IllegalArgumentException("a name of " + text.length + " bytes");
    }
    return (short) text.length;
  }

  static byte[] versions(int collection) {
    return table(VERSION, collection, 0).array();
  }

  static byte[] version(int collection, long version) {
    return table(VERSION, collection, Long.BYTES).putLong(version).array();
  }

  /// The version that a key of events, by version or by resource, ends with.
  static long version(byte[] key) {
    return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
  }

  static byte[] versionValue(Indexed event, byte[] resource) {
    var value = ByteBuffer.allocate(PLACE + Integer.BYTES + resource.length);
    return Place.of(event)
        .put(value)
        .putInt(event.event().partition().number())
        .put(resource)
        .array();
  }

  /// The partition that a value of a version names.
  static int partition(byte[] versionValue) {
    return ByteBuffer.wrap(versionValue).getInt(PLACE);
  }

  /// The resource that a value of a version names.
  static byte[] resource(byte[] versionValue) {
    return rest(versionValue, PLACE + Integer.BYTES);
  }

  static byte[] newests(int collection, int partition) {
    return table(NEWEST, collection, Integer.BYTES).putInt(partition).array();
  }

  static byte[] newest(int collection, int partition, byte[] resource) {
    return table(NEWEST, collection, Integer.BYTES + resource.length)
        .putInt(partition)
        .put(resource)
        .array();
  }

  /// The resource that a key of newest events names.
  static byte[] newestResource(byte[] key) {
    return rest(key, TABLE + Integer.BYTES);
  }

  static byte[] newestValue(Indexed event) {
    var header = event.event();
    return Place.of(event)
        .put(ByteBuffer.allocate(PLACE + 2 * Long.BYTES))
        .putLong(header.version())
        .putLong(header.sequence())
        .array();
  }

  static Newest newest(byte[] value) {
    var bytes = ByteBuffer.wrap(value);
    return new Newest(
        bytes.getLong(PLACE), bytes.getLong(PLACE + Long.BYTES), Place.of(value).deleted());
  }

  static byte[] events(int collection) {
    return table(EVENT, collection, 0).array();
  }

  static byte[] events(int collection, byte[] resource) {
    return table(EVENT, collection, resource.length).put(resource).array();
  }

  static byte[] event(int collection, byte[] resource, int partition, long version) {
    return table(EVENT, collection, resource.length + Integer.BYTES + Long.BYTES)
        .put(resource)
        .putInt(partition)
        .putLong(version)
        .array();
  }

  static byte[] eventValue(Indexed event) {
    return Place.of(event).put(ByteBuffer.allocate(PLACE)).array();
  }

  /// What the keys of the events of one resource in one partition have in common.
  static byte[] owner(byte[] eventKey) {
    return java.util.Arrays.copyOf(eventKey, eventKey.length - Long.BYTES);
  }

  private static ByteBuffer table(byte table, int collection, int more) {
    return ByteBuffer.allocate(TABLE + more).put(table).putInt(collection);
  }

  private static byte[] rest(byte[] bytes, int from) {
    return java.util.Arrays.copyOfRange(bytes, from, bytes.length);
  }
}
