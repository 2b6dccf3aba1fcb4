package dev.troupe.clusterconfig.command.status;

import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// Who holds what, as tables for people.
///
/// @param names how a member is called whose address is told
public record OverviewTables(UnaryOperator<String> names) {

  public TextTable partitions(JsonNode seen) {
    var table = new TextTable("PARTITION", "OWNER", "SERVING", "EPOCH", "RESOURCES", "VERSION");
    for (var partition : seen) {
      table.row(
          partition.path("partition").asString(""),
          owner(partition),
          yes(partition.path("serving").asBoolean()),
          partition.path("epoch").asString(""),
          partition.path("resources").asString(""),
          partition.path("version").asString(""));
    }
    return table;
  }

  public TextTable controllers(JsonNode seen) {
    var table =
        new TextTable(
            "CONTROLLER", "OWNER", "RUNNING", "EPOCH", "AWAKE", "QUARANTINED", "CIRCLING");
    for (var controller : seen) {
      table.row(
          controller.path("controller").asString(""),
          owner(controller),
          yes(controller.path("running").asBoolean()),
          controller.path("epoch").asString(""),
          controller.path("awake").asString(""),
          controller.path("quarantined").asString(""),
          controller.path("circling").asString(""));
    }
    return table;
  }

  private String owner(JsonNode held) {
    var address = held.path("owner").asString("");
    return address.isEmpty() ? "-" : names.apply(address);
  }

  public static String yes(boolean fact) {
    return fact ? "yes" : "no";
  }
}
