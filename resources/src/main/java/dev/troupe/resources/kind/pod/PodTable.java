package dev.troupe.resources.kind.pod;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.TableBuilder;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Pods.
final class PodTable implements TableBuilder {

  private static final List<Column> COLUMNS =
      List.of(
          Column.objectName(),
          Column.text("Ready", "The containers that are ready, of all containers."),
          Column.text("Status", "What the containers of the pod are doing, taken together."),
          Column.text("Restarts", "How often containers were restarted, and when last."),
          Column.age(),
          Column.text("IP", "The address of the pod.").wide(),
          Column.text("Node", "The node that the pod runs on.").wide(),
          Column.text("Nominated Node", "The node that the pod waits for.").wide(),
          Column.text("Readiness Gates", "The readiness gates that are passed, of all.").wide());

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ObjectNode pod, Instant now) {
    var summary = PodSummary.of(pod);
    var status = pod.get("status");
    return List.of(
        Cells.name(pod),
        summary.ready() + "/" + summary.containers(),
        summary.status(),
        restarts(summary, now),
        Cells.age(pod, now),
        Cells.orNone(Json.text(status, "podIP")),
        Cells.orNone(Json.text(pod.get("spec"), "nodeName")),
        Cells.orNone(Json.text(status, "nominatedNodeName")),
        readinessGates(pod));
  }

  private static String restarts(PodSummary summary, Instant now) {
    var last = summary.lastRestart();
    return summary.restarts() == 0 || last == null
        ? Long.toString(summary.restarts())
        : summary.restarts() + " (" + Cells.since(last, now) + " ago)";
  }

  private static String readinessGates(ObjectNode pod) {
    var gates = Json.objects(pod.get("spec"), "readinessGates");
    if (gates.isEmpty()) {
      return Cells.NONE;
    }
    long passed =
        gates.stream().filter(gate -> isTrue(pod, Json.text(gate, "conditionType"))).count();
    return passed + "/" + gates.size();
  }

  private static boolean isTrue(JsonNode pod, String conditionType) {
    return Json.objects(pod.get("status"), "conditions").stream()
        .anyMatch(condition ->
            Json.text(condition, "type").equals(conditionType)
                && Json.text(condition, "status").equals("True"));
  }
}
