package dev.troupe.resources.kind.node;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.TableBuilder;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Nodes.
final class NodeTable implements TableBuilder {

  private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
  private static final String ROLE = "kubernetes.io/role";

  private static final List<Column> COLUMNS =
      List.of(
          Column.objectName(),
          Column.text("Status", "The status of the node"),
          Column.text("Roles", "The roles of the node"),
          Column.age(),
          Column.text("Version", "The version of the kubelet."),
          Column.text("Internal-IP", "The address of the node inside of the cluster.").wide(),
          Column.text("External-IP", "The address of the node outside of the cluster.").wide(),
          Column.text("OS-Image", "The operating system of the node.").wide(),
          Column.text("Kernel-Version", "The kernel of the node.").wide(),
          Column.text("Container-Runtime", "The container runtime of the node.").wide());

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ObjectNode node, Instant now) {
    var info = node.path("status").path("nodeInfo");
    return List.of(
        Cells.name(node),
        status(node),
        roles(node),
        Cells.age(node, now),
        Json.text(info, "kubeletVersion"),
        address(node, "InternalIP"),
        address(node, "ExternalIP"),
        orUnknown(Json.text(info, "osImage")),
        orUnknown(Json.text(info, "kernelVersion")),
        orUnknown(Json.text(info, "containerRuntimeVersion")));
  }

  private static String status(ObjectNode node) {
    var ready =
        Json.objects(node.get("status"), "conditions").stream()
            .filter(condition -> Json.text(condition, "type").equals("Ready"))
            .findFirst()
            .map(condition -> Json.text(condition, "status").equals("True") ? "Ready" : "NotReady")
            .orElse("Unknown");
    return Json.truth(node.get("spec"), "unschedulable") ? ready + ",SchedulingDisabled" : ready;
  }

  private static String roles(ObjectNode node) {
    var roles = new TreeSet<String>();
    for (var label : Json.entries(node.get("metadata"), "labels")) {
      if (label.getKey().startsWith(ROLE_PREFIX)) {
        roles.add(label.getKey().substring(ROLE_PREFIX.length()));
      } else if (label.getKey().equals(ROLE)) {
        roles.add(label.getValue().asString(""));
      }
    }
    roles.remove("");
    return Cells.orNone(String.join(",", roles));
  }

  private static String address(JsonNode node, String type) {
    return Json.objects(node.get("status"), "addresses").stream()
        .filter(address -> Json.text(address, "type").equals(type))
        .findFirst()
        .map(address -> Json.text(address, "address"))
        .orElse(Cells.NONE);
  }

  private static String orUnknown(String text) {
    return text.isEmpty() ? Cells.UNKNOWN : text;
  }
}
