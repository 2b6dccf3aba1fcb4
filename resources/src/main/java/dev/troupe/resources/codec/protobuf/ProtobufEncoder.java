package dev.troupe.resources.codec.protobuf;

import dev.troupe.resources.schema.Field;
import dev.troupe.resources.schema.Field.Zero;
import dev.troupe.resources.schema.FieldType.Ref;
import dev.troupe.resources.schema.ObjectSchema;
import dev.troupe.resources.schema.Schemas;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Writes objects, lists and watch events as Kubernetes' protobuf: messages in its envelope
/// (`runtime.Unknown` of apimachinery), and frames of events as its framer has them.
public final class ProtobufEncoder {

  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  /// The schema of what every object has, which no table of the build has.
  public static final String PARTIAL = META + "PartialObjectMetadata";

  public static final String STATUS = META + "Status";

  private static final String LIST_META = META + "ListMeta";

  /// Of every list of Kubernetes.
  private static final int LIST_METADATA = 1;

  private static final int LIST_ITEMS = 2;

  /// Of `WatchEvent`.
  private static final int EVENT_TYPE = 1;

  private static final int EVENT_OBJECT = 2;

  /// Of `RawExtension`.
  private static final int RAW = 1;

  private final MessagePlans plans;

  public ProtobufEncoder(Schemas schemas) {
    plans =
        new MessagePlans(
            schemas.with(
                List.of(
                    ObjectSchema.of(
                        PARTIAL,
                        Field.of("metadata", new Ref(META + "ObjectMeta"), Zero.FILLED)))));
  }

  /// Whether there is a message for objects of a schema.
  public static boolean knows(String schema) {
    return MessageTypes.find(schema) != null;
  }

  /// An object in its envelope.
  ///
  /// @param object that agrees with the schema
  public byte[] object(ObjectNode object, String apiVersion, String kind, String schema) {
    byte[] message = message(object, schema);
    return joined(Envelope.head(apiVersion, kind, message.length), message);
  }

  /// A list in its envelope, in parts that follow each other. All items are written before the
  /// first is sent, as the envelope begins with the length of the whole.
  ///
  /// @param metadata of the list
  /// @param items as they are stored
  /// @param tree what is to be written of an item
  public List<byte[]> list(
      String apiVersion,
      String kind,
      ObjectNode metadata,
      Iterator<byte[]> items,
      Function<byte[], ObjectNode> tree,
      String schema) {
    var parts = new ArrayList<byte[]>();
    long length = add(parts, LIST_METADATA, message(metadata, LIST_META));
    while (items.hasNext()) {
      length += add(parts, LIST_ITEMS, message(tree.apply(items.next()), schema));
    }
    parts.addFirst(Envelope.head(apiVersion, kind, Math.toIntExact(length)));
    return parts;
  }

  private static long add(List<byte[]> parts, int field, byte[] message) {
    byte[] head = MessageWriter.head(field, message.length);
    parts.add(head);
    parts.add(message);
    return (long) head.length + message.length;
  }

  /// An event of a watch: its length in four bytes, and a `WatchEvent`.
  ///
  /// @param object in its envelope
  public static byte[] event(String type, byte[] object) {
    byte[] raw = MessageWriter.message(out -> out.writeByteArray(RAW, object));
    byte[] event =
        MessageWriter.message(out -> {
          out.writeString(EVENT_TYPE, type);
          out.writeByteArray(EVENT_OBJECT, raw);
        });
    return joined(ByteBuffer.allocate(Integer.BYTES).putInt(event.length).array(), event);
  }

  private byte[] message(ObjectNode object, String schema) {
    var plan =
        plans
            .find(schema)
            .orElseThrow(() -> new IllegalArgumentException("no message for " + schema));
    return MessageWriter.write(plan, object);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
