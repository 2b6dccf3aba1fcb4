package dev.troupe.apiserver.encoding;

import dev.troupe.api.resource.Version;
import dev.troupe.apiserver.request.Representation.IncludeObject;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import java.time.Instant;
import java.time.InstantSource;
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
    implements JsonForm {

  private static final String ROWS = "rows";

  @Override
  public byte[] object(byte[] stored) {
    ObjectNode object = shown(stored);
    String objectVersion = object.path("metadata").path("resourceVersion").asString("");
    ObjectNode table =
        start(JsonNodeFactory.instance.objectNode().put("resourceVersion", objectVersion));
    fill(table.putArray(ROWS).addObject(), object, clock.instant());
    return JsonEncoder.encode(table);
  }

  private ObjectNode shown(byte[] stored) {
    var object = JsonDecoder.stored(stored);
    return endpoint.asStored() ? object : endpoint.shown(object);
  }

  @Override
  public ObjectNode listStart(ListMeta meta) {
    return start(meta.node());
  }

  @Override
  public String listField() {
    return ROWS;
  }

  @Override
  public byte[] listItem(byte[] stored) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    fill(row, shown(stored), clock.instant());
    return JsonEncoder.encode(row);
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
    ObjectNode row = table.putArray(ROWS).addObject();
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
      table.set("columnDefinitions", TableColumns.definitions(endpoint.table()));
    } else {
      table.putNull("columnDefinitions");
    }
    return table;
  }

  private void fill(ObjectNode row, ObjectNode object, Instant now) {
    row.set("cells", TableColumns.cells(endpoint.table(), object, now));
    switch (included) {
      case NONE -> {}
      case METADATA -> {
        ObjectNode partial = row.putObject("object");
        partial.put("kind", MetadataForm.KIND).put("apiVersion", "meta.k8s.io/" + version);
        partial.set("metadata", object.path("metadata"));
      }
      case OBJECT -> row.set("object", object);
    }
  }
}
