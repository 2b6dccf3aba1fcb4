package dev.troupe.resources.table;

import dev.troupe.resources.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Name, a few facts, age.
public record ShortTable(List<Column> columns, List<Function<ObjectNode, Object>> facts)
    implements TableBuilder {

  private record Fact(Column column, Function<ObjectNode, Object> cell) {}

  private static ShortTable of(Fact... facts) {
    var middle = Stream.of(facts).map(Fact::column);
    return new ShortTable(
        Stream.of(Stream.of(Column.objectName()), middle, Stream.of(Column.age()))
            .flatMap(columns -> columns)
            .toList(),
        Stream.of(facts).map(Fact::cell).toList());
  }

  @Override
  public List<Object> cells(ObjectNode object, Instant now) {
    var cells = new ArrayList<Object>();
    cells.add(Cells.name(object));
    facts.forEach(fact -> cells.add(fact.apply(object)));
    cells.add(Cells.age(object, now));
    return cells;
  }

  public static ShortTable nameAndAge() {
    return of();
  }

  public static ShortTable namespaces() {
    return of(
        new Fact(
            Column.text("Status", "The status of the namespace"),
            object -> Json.text(object.get("status"), "phase")));
  }

  public static ShortTable configMaps() {
    return of(
        new Fact(
            Column.number("Data", "The number of data items."),
            object -> size(object, "data") + size(object, "binaryData")));
  }

  public static ShortTable secrets() {
    return of(
        new Fact(
            Column.text("Type", "Used to facilitate programmatic handling of secret data."),
            object -> Json.text(object, "type")),
        new Fact(
            Column.number("Data", "The number of data items."), object -> size(object, "data")));
  }

  public static ShortTable serviceAccounts() {
    return of(
        new Fact(
            Column.number("Secrets", "The number of secrets that pods of the account may use."),
            object -> size(object, "secrets")));
  }

  public static ShortTable leases() {
    return of(
        new Fact(
            Column.text("Holder", "Who holds the lease."),
            object -> Json.text(object.get("spec"), "holderIdentity")));
  }

  public static ShortTable ipAddresses() {
    return of(
        new Fact(
            Column.text("ParentRef", "The object that the address belongs to."),
            object -> parent(object.path("spec").path("parentRef"))));
  }

  private static String parent(JsonNode parent) {
    var group = Json.text(parent, "group");
    var resource = Json.text(parent, "resource");
    return Stream.of(
            group.isEmpty() ? resource : resource + "." + group,
            Json.text(parent, "namespace"),
            Json.text(parent, "name"))
        .filter(part -> !part.isEmpty())
        .reduce((left, right) -> left + "/" + right)
        .orElse(Cells.NONE);
  }

  private static int size(ObjectNode object, String field) {
    return object.path(field).size();
  }
}
