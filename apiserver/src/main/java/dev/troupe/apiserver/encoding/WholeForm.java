package dev.troupe.apiserver.encoding;

import dev.troupe.api.resource.Version;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import java.util.Iterator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Objects themselves. Stored bytes go out as they are, unless the endpoint shows another version.
record WholeForm(Endpoint endpoint) implements JsonForm.OneKind {

  @Override
  public ObjectNode tree(byte[] stored) {
    var object = JsonDecoder.stored(stored);
    return endpoint.asStored() ? object : endpoint.shown(object);
  }

  @Override
  public String apiVersion() {
    return endpoint.served().apiVersion();
  }

  @Override
  public String kind() {
    return endpoint.type().names().kind();
  }

  @Override
  public String schema() {
    return endpoint.served().schemaType();
  }

  @Override
  public byte[] object(byte[] stored) {
    return endpoint.asStored() ? stored : JsonEncoder.encode(tree(stored));
  }

  @Override
  public ObjectNode listStart(ListMeta meta) {
    ObjectNode list =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", endpoint.type().names().listKind())
            .put("apiVersion", endpoint.served().apiVersion());
    list.set("metadata", meta.node());
    return list;
  }

  @Override
  public String listField() {
    return "items";
  }

  @Override
  public Iterator<byte[]> list(Iterator<byte[]> stored, ListMeta meta) {
    return endpoint.asStored()
        ? ListParts.compact(listStart(meta), listField(), stored)
        : JsonForm.OneKind.super.list(stored, meta);
  }

  @Override
  public byte[] listItem(byte[] stored) {
    return object(stored);
  }

  @Override
  public byte[] event(String type, byte[] stored) {
    return Encoding.event(type, object(stored));
  }

  @Override
  public byte[] bookmark(long version, boolean initialEnd) {
    var object = bookmarkObject(kind(), apiVersion(), version, initialEnd);
    return Encoding.event("BOOKMARK", object);
  }

  static ObjectNode bookmarkObject(
      String kind, String apiVersion, long version, boolean initialEnd) {
    ObjectNode object =
        JsonNodeFactory.instance.objectNode().put("kind", kind).put("apiVersion", apiVersion);
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("resourceVersion", Version.format(version));
    metadata.putNull("creationTimestamp");
    if (initialEnd) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    return object;
  }
}
