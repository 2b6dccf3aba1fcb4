package dev.troupe.apiserver.encoding;

import dev.troupe.resources.codec.protobuf.ProtobufEncoder;
import dev.troupe.resources.schema.Schemas;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Objects as Kubernetes' protobuf: for programs that read many.
record ProtobufForm(JsonForm.OneKind inner) implements ObjectForm {

  private static final ProtobufEncoder ENCODER = new ProtobufEncoder(Schemas.standard());

  /// An object of another schema than that of its endpoint.
  static byte[] encode(ObjectNode object, String schema) {
    return ENCODER.object(
        object, object.path("apiVersion").asString(""), object.path("kind").asString(""), schema);
  }

  @Override
  public byte[] object(byte[] stored) {
    return ENCODER.object(inner.tree(stored), inner.apiVersion(), inner.kind(), inner.schema());
  }

  /// Nothing is written before the first part is asked for.
  @Override
  public Iterator<byte[]> list(Iterator<byte[]> stored, ListMeta meta) {
    return Stream.of(stored).flatMap(items -> written(items, meta).stream()).iterator();
  }

  @Override
  public byte[] event(String type, byte[] stored) {
    return ProtobufEncoder.event(type, object(stored));
  }

  @Override
  public byte[] bookmark(long version, boolean initialEnd) {
    return event(
        "BOOKMARK",
        WholeForm.bookmarkObject(inner.kind(), inner.apiVersion(), version, initialEnd),
        inner.schema());
  }

  @Override
  public byte[] error(ObjectNode status) {
    return event("ERROR", status, ProtobufEncoder.STATUS);
  }

  private List<byte[]> written(Iterator<byte[]> stored, ListMeta meta) {
    return ENCODER.list(
        inner.apiVersion(),
        inner.kind() + "List",
        meta.node(),
        stored,
        inner::tree,
        inner.schema());
  }

  private static byte[] event(String type, ObjectNode object, String schema) {
    return ProtobufEncoder.event(type, encode(object, schema));
  }
}
