package dev.troupe.resources.kind.event;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.TableBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Events.
final class EventTable implements TableBuilder {

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("Last Seen", "When it was last seen to happen."),
          Column.text("Type", "Whether it is normal or a warning."),
          Column.text("Reason", "What happened, in one word."),
          Column.text("Object", "The object that it is about."),
          Column.text("Subobject", "The part of the object that it is about.").wide(),
          Column.text("Source", "Who reported it.").wide(),
          Column.text("Message", "What happened."),
          Column.text("First Seen", "When it was first seen to happen.").wide(),
          Column.text("Count", "How often it happened.").wide(),
          Column.objectName().wide());

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ObjectNode event, Instant now) {
    var involved = event.path("involvedObject");
    return List.of(
        lastSeen(event, now),
        Json.text(event, "type"),
        Json.text(event, "reason"),
        target(involved),
        Json.text(involved, "fieldPath"),
        source(event),
        Json.text(event, "message").strip(),
        firstSeen(event, now),
        count(event),
        Cells.name(event));
  }

  private static String firstSeen(ObjectNode event, Instant now) {
    var first = Json.text(event, "firstTimestamp");
    return Cells.since(first.isEmpty() ? Json.text(event, "eventTime") : first, now);
  }

  private static String lastSeen(ObjectNode event, Instant now) {
    var series = event.get("series");
    if (series != null) {
      return Cells.since(Json.text(series, "lastObservedTime"), now);
    }
    var last = Json.text(event, "lastTimestamp");
    return last.isEmpty() ? firstSeen(event, now) : Cells.since(last, now);
  }

  private static String count(ObjectNode event) {
    var series = event.get("series");
    long count = Cells.number(series == null ? event : series, "count");
    return Long.toString(series == null && count == 0 ? 1 : count);
  }

  private static String target(JsonNode involved) {
    var kind = Json.text(involved, "kind").toLowerCase(Locale.ROOT);
    var name = Json.text(involved, "name");
    return name.isEmpty() ? kind : kind + "/" + name;
  }

  private static String source(ObjectNode event) {
    var source = event.get("source");
    var component =
        firstGiven(Json.text(source, "component"), Json.text(event, "reportingComponent"));
    var instance = firstGiven(Json.text(source, "host"), Json.text(event, "reportingInstance"));
    return instance.isEmpty() ? component : component + ", " + instance;
  }

  private static String firstGiven(String one, String other) {
    return one.isEmpty() ? other : one;
  }
}
