package dev.troupe.apiserver.encoding;

import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import dev.troupe.resources.codec.protobuf.ProtobufEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `PartialObjectMetadata`: what every object has.
///
/// @param version of `meta.k8s.io`
record MetadataForm(String version) implements JsonForm.OneKind {

  static final String KIND = "PartialObjectMetadata";

  @Override
  public byte[] object(byte[] stored) {
    return JsonEncoder.encode(tree(stored));
  }

  @Override
  public ObjectNode listStart(ListMeta meta) {
    ObjectNode list = start(KIND + "List");
    list.set("metadata", meta.node());
    return list;
  }

  @Override
  public String listField() {
    return "items";
  }

  @Override
  public byte[] listItem(byte[] stored) {
    return object(stored);
  }

  @Override
  public byte[] event(String type, byte[] stored) {
    return Encoding.event(type, tree(stored));
  }

  @Override
  public byte[] bookmark(long position, boolean initialEnd) {
    return Encoding.event(
        "BOOKMARK", WholeForm.bookmarkObject(KIND, apiVersion(), position, initialEnd));
  }

  @Override
  public ObjectNode tree(byte[] stored) {
    JsonNode metadata = JsonDecoder.stored(stored).path("metadata");
    ObjectNode partial = start(KIND);
    partial.set("metadata", metadata);
    return partial;
  }

  private ObjectNode start(String kind) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind).put("apiVersion", apiVersion());
  }

  @Override
  public String apiVersion() {
    return "meta.k8s.io/" + version;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String schema() {
    return ProtobufEncoder.PARTIAL;
  }
}
