package dev.troupe.resources.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.structural.text.GoText;
import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.TableBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The columns that a definition asks for, after the name.
record DefinedTable(List<Printed> printed, List<Column> columns) implements TableBuilder {

  /// A column, and where its value is found.
  private record Printed(Column column, JsonPath path) {}

  private static final Object NOTHING = JsonNodeFactory.instance.nullNode();
  private static final Printed AGE =
      new Printed(
          new Column("Age", "date", "", "The time since the object was created.", 0),
          JsonPath.parse(".metadata.creationTimestamp").orElseThrow());

  static DefinedTable of(DefinedVersion version) {
    var wanted = Json.objects(version.definition(), "additionalPrinterColumns");
    var printed = new ArrayList<Printed>();
    for (var column : wanted) {
      var path = JsonPath.parse(Json.text(column, "jsonPath"));
      if (path.isEmpty()) {
        break;
      }
      printed.add(new Printed(column(column), path.get()));
    }
    var all = wanted.isEmpty() ? List.of(AGE) : List.copyOf(printed);
    return new DefinedTable(
        all,
        Stream.concat(Stream.of(Column.objectName()), all.stream().map(Printed::column)).toList());
  }

  private static Column column(ObjectNode column) {
    var description = Json.text(column, "description");
    return new Column(
        Json.text(column, "name"),
        Json.text(column, "type"),
        Json.text(column, "format"),
        description.isEmpty()
            ? "Custom resource definition column (in JSONPath format): "
                + Json.text(column, "jsonPath")
            : description,
        (int) Json.number(column, "priority", 0));
  }

  @Override
  public List<Object> cells(ObjectNode object, Instant now) {
    var cells = new ArrayList<Object>(columns.size());
    cells.add(Cells.name(object));
    for (var column : printed) {
      var found = column.path().find(object);
      cells.add(found.isEmpty() ? NOTHING : cell(column.column().type(), found.getFirst(), now));
    }
    return cells;
  }

  private static Object cell(String type, JsonNode value, Instant now) {
    return switch (type) {
      case "string" -> text(value);
      case "integer" -> value.isNumber() ? (Object) value.longValue() : NOTHING;
      case "number" ->
          value.isIntegralNumber() ? value.longValue() : value.isNumber() ? value : NOTHING;
      case "boolean" -> value.isBoolean() ? value.booleanValue() : NOTHING;
      case "date" -> value.isString() ? date(value.stringValue(), now) : NOTHING;
      default -> NOTHING;
    };
  }

  private static Object text(JsonNode value) {
    if (value.isNull()) {
      return NOTHING;
    }
    return value.isString() ? value.stringValue() : GoText.of(value).toString();
  }

  private static String date(String timestamp, Instant now) {
    return timestamp.isEmpty()
        ? Cells.UNKNOWN
        : Cells.time(timestamp).map(then -> Cells.since(then, now)).orElse("<invalid>");
  }
}
