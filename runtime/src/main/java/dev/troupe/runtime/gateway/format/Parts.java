package dev.troupe.runtime.gateway.format;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.Decoding;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.trace.TraceContext;
import dev.troupe.runtime.wire.MalformedException;
import dev.troupe.runtime.wire.WireReader;
import dev.troupe.runtime.wire.WireWriter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The parts that messages are made of. They have no version: another form of a part is another
/// part, and with it a new version of every format that uses it.
final class Parts {

  private static final long NANOS = 1_000_000_000;

  /// Of a century: nobody waits longer, and sums with it are moments still.
  private static final long MOST_SECONDS = 100L * 365 * 24 * 60 * 60;

  private static final byte[] NO_TRACE = {};

  private Parts() {}

  static void type(WireWriter out, TypeRef type) {
    out.text(type.plural());
    out.text(type.group());
  }

  static TypeRef type(WireReader in) {
    var plural = in.text();
    return new TypeRef(in.text(), plural);
  }

  static void key(WireWriter out, ResourceKey key) {
    type(out, key.type());
    out.text(key.namespace());
    out.text(key.name());
  }

  static ResourceKey key(WireReader in) {
    return new ResourceKey(type(in), in.text(), in.text());
  }

  static void partition(WireWriter out, PartitionId partition) {
    type(out, partition.collection());
    out.number(partition.number());
  }

  static PartitionId partition(WireReader in) {
    return new PartitionId(type(in), in.integer());
  }

  static void member(WireWriter out, MemberId member) {
    out.text(member.address());
    out.number(member.uid());
  }

  static MemberId member(WireReader in) {
    return new MemberId(in.text(), in.number());
  }

  static void moment(WireWriter out, Instant moment) {
    out.number(moment.getEpochSecond());
    out.number(moment.getNano());
  }

  static Instant moment(WireReader in) {
    return Instant.ofEpochSecond(in.number(), nanos(in));
  }

  /// @param time not negative
  static void time(WireWriter out, Duration time) {
    out.number(time.toSeconds());
    out.number(time.toNanosPart());
  }

  static Duration time(WireReader in) {
    long seconds = in.number();
    if (seconds < 0 || seconds > MOST_SECONDS) {
      throw new MalformedException("a time of " + seconds + " seconds");
    }
    return Duration.ofSeconds(seconds, nanos(in));
  }

  private static long nanos(WireReader in) {
    long nanos = in.number();
    if (nanos < 0 || nanos >= NANOS) {
      throw new MalformedException(nanos + " nanoseconds where less than a second must be");
    }
    return nanos;
  }

  /// One byte if there is none.
  static void trace(WireWriter out, @Nullable TraceContext trace) {
    out.bytes(trace == null ? NO_TRACE : trace.bytes());
  }

  static @Nullable TraceContext trace(WireReader in) {
    var bytes = in.bytes();
    return bytes.length == 0 ? null : TraceContext.of(bytes);
  }

  static void json(WireWriter out, JsonNode value) {
    out.bytes(JsonEncoder.encode(value));
  }

  static JsonNode json(WireReader in) {
    return switch (new JsonDecoder().decode(in.bytes())) {
      case Decoding.Decoded(var value, _) -> value;
      case Decoding.Refused(var message) -> throw new MalformedException(message);
    };
  }

  static ObjectNode object(WireReader in) {
    if (json(in) instanceof ObjectNode object) {
      return object;
    }
    throw new MalformedException("JSON that is no object");
  }

  static void resource(WireWriter out, StoredResource resource) {
    key(out, resource.key());
    out.text(resource.uid());
    out.number(resource.version());
    out.bytes(resource.json());
    out.texts(resource.labels());
    out.texts(resource.fields());
    out.list(resource.ownerUids(), WireWriter::text);
  }

  static StoredResource resource(WireReader in) {
    return new StoredResource(
        key(in),
        in.text(),
        in.number(),
        in.bytes(),
        in.texts(),
        in.texts(),
        in.list(1, WireReader::text));
  }
}
