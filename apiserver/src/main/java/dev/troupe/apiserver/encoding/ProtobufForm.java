package dev.troupe.apiserver.encoding;

import dev.troupe.resources.codec.protobuf.ProtobufEncoder;
import dev.troupe.resources.schema.Schemas;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Objects as Kubernetes' protobuf: for programs that read many.
record ProtobufForm(TreeForm inner) implements ObjectForm {

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

  @Override
  public ObjectNode listStart(ListMeta meta) {
    return inner.listStart(meta);
  }

  @Override
  public String listField() {
    return inner.listField();
  }

  @Override
  public byte[] listItem(byte[] stored) {
    return inner.listItem(stored);
  }

  @Override
  public Iterator<byte[]> list(Iterator<byte[]> stored, ListMeta meta) {
    return new Parts(this, stored, meta);
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
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return stored.hasNext();
          }

          @Override
          public ObjectNode next() {
            return inner.tree(stored.next());
          }
        },
        inner.schema());
  }

  /// A list that is written when its first part is asked for: the first says how long the whole is.
  private static final class Parts implements Iterator<byte[]> {

    private final ProtobufForm form;
    private final Iterator<byte[]> stored;
    private final ListMeta meta;
    private @Nullable Iterator<byte[]> written;

    Parts(ProtobufForm form, Iterator<byte[]> stored, ListMeta meta) {
      this.form = form;
      this.stored = stored;
      this.meta = meta;
    }

    @Override
    public boolean hasNext() {
      return parts().hasNext();
    }

    @Override
    public byte[] next() {
      return parts().next();
    }

    private Iterator<byte[]> parts() {
      if (written == null) {
        written = form.written(stored, meta).iterator();
      }
      return written;
    }
  }

  private static byte[] event(String type, ObjectNode object, String schema) {
    return ProtobufEncoder.event(type, encode(object, schema));
  }
}
