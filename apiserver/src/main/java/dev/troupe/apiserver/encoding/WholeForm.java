package dev.troupe.apiserver.encoding;

import static dev.troupe.apiserver.encoding.Bytes.ascii;

import dev.troupe.api.resource.Version;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Objects themselves. Stored bytes go out as they are, unless the endpoint shows another version.
record WholeForm(Endpoint endpoint) implements ObjectForm {

  private static final byte[] COMMA = ascii(",");
  private static final byte[] LIST_END = ascii("]}\n");

  @Override
  public byte[] object(byte[] stored) {
    return endpoint.stored()
        ? stored
        : JsonEncoder.encode(endpoint.shown(JsonDecoder.stored(stored)));
  }

  @Override
  public List<byte[]> list(List<byte[]> stored, ListMeta meta) {
    var parts = new ArrayList<byte[]>(2 * stored.size() + 2);
    parts.add(
        ascii(
            "{\"kind\":\""
                + endpoint.type().names().listKind()
                + "\",\"apiVersion\":\""
                + endpoint.served().apiVersion()
                + "\",\"metadata\":"
                + meta.node()
                + ",\"items\":["));
    for (int i = 0; i < stored.size(); i++) {
      if (i > 0) {
        parts.add(COMMA);
      }
      parts.add(object(stored.get(i)));
    }
    parts.add(LIST_END);
    return parts;
  }

  @Override
  public byte[] event(String type, byte[] stored) {
    return Encoding.event(type, object(stored));
  }

  @Override
  public byte[] bookmark(long version, boolean initialEnd) {
    var object =
        bookmarkObject(
            endpoint.type().names().kind(), endpoint.served().apiVersion(), version, initialEnd);
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
