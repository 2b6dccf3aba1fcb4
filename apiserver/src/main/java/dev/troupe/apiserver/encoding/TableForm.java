package dev.troupe.apiserver.encoding;

import dev.troupe.api.resource.Version;
import dev.troupe.apiserver.request.Representation.IncludeObject;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `Table`: the columns that kubectl prints.
///
/// @param version of `meta.k8s.io`
/// @param definitions whether the columns are described; in a watch only the first event does
record TableForm(
    Endpoint endpoint,
    String version,
    IncludeObject included,
    boolean definitions,
    InstantSource clock)
    implements ObjectForm {

  @Override
  public byte[] object(byte[] stored) {
    ObjectNode object = JsonDecoder.stored(stored);
    String objectVersion = object.path("metadata").path("resourceVersion").asString("");
    ObjectNode table =
        start(JsonNodeFactory.instance.objectNode().put("resourceVersion", objectVersion));
    addRow(table.putArray("rows"), object, clock.instant());
    return JsonEncoder.encode(table);
  }

  @Override
  public List<byte[]> list(List<byte[]> stored, ListMeta meta) {
    ObjectNode table = start(meta.node());
    ArrayNode rows = table.putArray("rows");
    Instant now = clock.instant();
    stored.forEach(item -> addRow(rows, JsonDecoder.stored(item), now));
    return List.of(JsonEncoder.encode(table));
  }

  @Override
  public byte[] event(String type, byte[] stored) {
    return Encoding.event(type, JsonDecoder.stored(object(stored)));
  }

  @Override
  public byte[] bookmark(long position, boolean initialEnd) {
    ObjectNode table =
        start(
            JsonNodeFactory.instance.objectNode().put("resourceVersion", Version.format(position)));
    ObjectNode row = table.putArray("rows").addObject();
    row.putArray("cells");
    row.set(
        "object",
        WholeForm.bookmarkObject(
            endpoint.type().names().kind(), endpoint.served().apiVersion(), position, initialEnd));
    return Encoding.event("BOOKMARK", table);
  }

  @Override
  public ObjectForm following() {
    return new TableForm(endpoint, version, included, false, clock);
  }

  private ObjectNode start(ObjectNode metadata) {
    ObjectNode table =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "Table")
            .put("apiVersion", "meta.k8s.io/" + version);
    table.set("metadata", metadata);
    if (definitions) {
      table.set("columnDefinitions", TableColumns.definitions(endpoint.type()));
    } else {
      table.putNull("columnDefinitions");
    }
    return table;
  }

  private void addRow(ArrayNode rows, ObjectNode object, Instant now) {
    ObjectNode row = rows.addObject();
    row.set("cells", TableColumns.cells(endpoint.type(), object, now));
    switch (included) {
      case NONE -> {}
      case METADATA -> {
        ObjectNode partial = row.putObject("object");
        partial.put("kind", MetadataForm.KIND).put("apiVersion", "meta.k8s.io/" + version);
        partial.set("metadata", object.path("metadata"));
      }
      case OBJECT -> row.set("object", endpoint.shown(object));
    }
  }
}
