package dev.troupe.resources.kind.network;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.ShortTable;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// IP addresses.
final class IpAddressTable {

  private IpAddressTable() {}

  static ShortTable of() {
    return ShortTable.of(
        new ShortTable.Fact(
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
}
