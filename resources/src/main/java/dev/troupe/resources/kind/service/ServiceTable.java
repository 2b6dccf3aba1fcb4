package dev.troupe.resources.kind.service;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.TableBuilder;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Services.
final class ServiceTable implements TableBuilder {

  private static final List<Column> COLUMNS =
      List.of(
          Column.objectName(),
          Column.text("Type", "How the service is exposed."),
          Column.text("Cluster-IP", "The address of the service inside of the cluster."),
          Column.text("External-IP", "The addresses of the service outside of the cluster."),
          Column.text("Port(s)", "The ports of the service."),
          Column.age(),
          Column.text("Selector", "The labels of the pods behind the service.").wide());

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ObjectNode service, Instant now) {
    var spec = service.path("spec");
    return List.of(
        Cells.name(service),
        Json.text(spec, "type"),
        Cells.orNone(clusterIp(spec)),
        externalIps(service, spec),
        Cells.orNone(ports(spec)),
        Cells.age(service, now),
        Cells.labels(spec, "selector"));
  }

  private static String clusterIp(JsonNode spec) {
    var all = Json.strings(spec, "clusterIPs");
    return all.isEmpty() ? Json.text(spec, "clusterIP") : all.getFirst();
  }

  private static String externalIps(ObjectNode service, JsonNode spec) {
    var given = Json.strings(spec, "externalIPs");
    return switch (Json.text(spec, "type")) {
      case "ClusterIP", "NodePort" -> Cells.orNone(String.join(",", given));
      case "LoadBalancer" -> {
        var addresses = new LinkedHashSet<String>();
        for (var ingress : Json.objects(service.path("status").get("loadBalancer"), "ingress")) {
          var ip = Json.text(ingress, "ip");
          addresses.add(ip.isEmpty() ? Json.text(ingress, "hostname") : ip);
        }
        addresses.addAll(given);
        yield addresses.isEmpty() ? "<pending>" : String.join(",", addresses);
      }
      case "ExternalName" -> Json.text(spec, "externalName");
      default -> Cells.UNKNOWN;
    };
  }

  private static String ports(JsonNode spec) {
    return Json.objects(spec, "ports").stream()
        .map(ServiceTable::port)
        .collect(Collectors.joining(","));
  }

  private static String port(JsonNode port) {
    long nodePort = Cells.number(port, "nodePort");
    return Cells.number(port, "port")
        + (nodePort > 0 ? ":" + nodePort : "")
        + "/"
        + Json.text(port, "protocol");
  }
}
