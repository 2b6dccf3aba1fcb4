package dev.troupe.persistence.embedded;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.EventIndex.Newest;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the log up to a place folds to, so that a start need not read it. Derived: without it, or
/// if it is damaged, the log is read whole.
///
/// @param segment where the log goes on, with `offset` and `nextSequence`
/// @param firstSegment the first one that is needed
record Checkpoint(
    long segment,
    int offset,
    long nextSequence,
    long firstSegment,
    List<PartitionState> partitions,
    Map<TypeRef, CollectionIndex> collections) {

  static final String FILE = "checkpoint";

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
  private static final long MAGIC = 0xFF54726F75637001L;
  private static final int HEADER = 12;
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  /// Whether the log can be read from here on. Segments that were removed since do not matter: what
  /// was needed of them was written again behind this place.
  boolean fits(List<Segment> segments) {
    return segments.getFirst().number() <= segment && segments.getLast().number() >= segment;
  }

  void write(DataDirectory directory) throws IOException {
    var out = new Output(1 << 20, MAX_BYTES);
    out.setPosition(HEADER);
    encode(out);
    var bytes = ByteBuffer.wrap(out.getBuffer(), 0, out.position());
    bytes.putLong(0, MAGIC).putInt(8, checksum(bytes));
    directory.write(FILE, bytes);
  }

  /// @return null if there is none that can be used
  static @Nullable Checkpoint read(DataDirectory directory) throws IOException {
    var file = directory.path().resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    var content = Files.readAllBytes(file);
    var bytes = ByteBuffer.wrap(content);
    if (content.length < HEADER
        || bytes.getLong(0) != MAGIC
        || bytes.getInt(8) != checksum(bytes)) {
      LOG.warn("{} is damaged or of another format, reading the whole log instead", file);
      return null;
    }
    try {
      return decode(new Input(content, HEADER, content.length - HEADER));
    } catch (KryoException | StoreException | IllegalArgumentException damaged) {
      LOG.warn("{} cannot be read, reading the whole log instead", file, damaged);
      return null;
    }
  }

  private static int checksum(ByteBuffer bytes) {
    var checksum = new CRC32C();
    checksum.update(bytes.slice(HEADER, bytes.limit() - HEADER));
    return (int) checksum.getValue();
  }

  private void encode(Output out) {
    out.writeLong(segment);
    out.writeInt(offset);
    out.writeLong(nextSequence);
    out.writeLong(firstSegment);
    out.writeInt(partitions.size());
    var format = new StoredFormat();
    partitions.forEach(partition -> format.write(out, partition));
    out.writeInt(collections.size());
    collections.forEach((type, collection) -> encode(out, type, collection));
  }

  private static Checkpoint decode(Input in) {
    long segment = in.readLong();
    int offset = in.readInt();
    long nextSequence = in.readLong();
    long firstSegment = in.readLong();
    var partitions = new ArrayList<PartitionState>();
    var format = new StoredFormat();
    for (int i = in.readInt(); i > 0; i--) {
      partitions.add((PartitionState) format.readNext(in, () -> FILE));
    }
    var collections = new HashMap<TypeRef, CollectionIndex>();
    for (int i = in.readInt(); i > 0; i--) {
      var type = TypeRef.parse(in.readString());
      collections.put(type, collection(in, type));
    }
    return new Checkpoint(segment, offset, nextSequence, firstSegment, partitions, collections);
  }

  private static void encode(Output out, TypeRef type, CollectionIndex collection) {
    out.writeString(type.toString());
    out.writeInt(collection.partitions);
    out.writeLong(collection.horizon);
    encode(out, collection.table);
    out.writeInt(collection.newest.size());
    collection.newest.forEach((partition, resources) -> {
      out.writeInt(partition.number());
      out.writeInt(resources.size());
      resources.forEach((key, newest) -> encode(out, key, newest));
    });
  }

  private static CollectionIndex collection(Input in, TypeRef type) {
    int partitions = in.readInt();
    long horizon = in.readLong();
    var collection = new CollectionIndex(table(in));
    collection.partitions = partitions;
    collection.horizon = horizon;
    var namespaces = new HashMap<String, String>();
    for (int i = in.readInt(); i > 0; i--) {
      var partition = new PartitionId(type, in.readInt());
      var resources = new HashMap<ResourceKey, Newest>();
      for (int n = in.readInt(); n > 0; n--) {
        var namespace = namespaces.computeIfAbsent(in.readString(), name -> name);
        var key = new ResourceKey(type, namespace, in.readString());
        resources.put(key, new Newest(in.readLong(), in.readVarLong(true), in.readBoolean()));
      }
      collection.newest.put(partition, resources);
    }
    return collection;
  }

  private static void encode(Output out, ResourceKey key, Newest newest) {
    out.writeString(key.namespace());
    out.writeString(key.name());
    out.writeLong(newest.version());
    out.writeVarLong(newest.sequence(), true);
    out.writeBoolean(newest.deleted());
  }

  private static void encode(Output out, VersionTable table) {
    out.writeInt(table.size());
    for (int row = 0; row < table.size(); row++) {
      out.writeLong(table.version(row));
      out.writeLong(table.position(row));
      out.writeLong(table.previous(row));
    }
  }

  private static VersionTable table(Input in) {
    int size = in.readInt();
    var versions = new long[size];
    var positions = new long[size];
    var previous = new long[size];
    for (int row = 0; row < size; row++) {
      versions[row] = in.readLong();
      positions[row] = in.readLong();
      previous[row] = in.readLong();
    }
    return new VersionTable(versions, positions, previous, size);
  }
}
