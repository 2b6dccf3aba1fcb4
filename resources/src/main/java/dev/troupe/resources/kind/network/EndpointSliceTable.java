package dev.troupe.resources.kind.network;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.TableBuilder;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Endpoint slices.
final class EndpointSliceTable implements TableBuilder {

  private static final int SHOWN = 3;

  private static final List<Column> COLUMNS =
      List.of(
          Column.objectName(),
          Column.text("AddressType", "The type of the addresses."),
          Column.text("Ports", "The ports of the endpoints."),
          Column.text("Endpoints", "The addresses of the endpoints."),
          Column.age());

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ObjectNode slice, Instant now) {
    var ports =
        Json.objects(slice, "ports").stream()
            .map(port -> Json.has(port, "port") ? Long.toString(Cells.number(port, "port")) : "*")
            .toList();
    var addresses =
        Json.objects(slice, "endpoints").stream()
            .flatMap(endpoint -> Json.strings(endpoint, "addresses").stream())
            .toList();
    return List.of(
        Cells.name(slice),
        Json.text(slice, "addressType"),
        shortened(ports),
        shortened(addresses),
        Cells.age(slice, now));
  }

  private static String shortened(List<String> all) {
    if (all.isEmpty()) {
      return "<unset>";
    }
    var shown = all.stream().limit(SHOWN).collect(Collectors.joining(","));
    return all.size() > SHOWN ? shown + " + " + (all.size() - SHOWN) + " more..." : shown;
  }
}
