package dev.troupe.clusterconfig.command.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Who holds what, as tables for people.
///
/// @param names how a member is called whose address is told
public record OverviewTables(UnaryOperator<String> names) {

  /// The headings of what a member tells of its store.
  static final List<String> STORE = List.of("COMMIT P50", "COMMIT P99", "LAST COMMIT");

  /// The headings of what is known of the members of a machine.
  static final List<String> SEATS =
      Stream.of(List.of("MEMBER", "STATE", "READY", "API", "ADDRESS", "PID", "SINCE"), STORE)
          .flatMap(List::stream)
          .toList();

  /// In milliseconds.
  private static final int SECOND = 1_000;

  /// In seconds.
  private static final int MINUTE = 60;

  public TextTable members(JsonNode seen) {
    var table = new TextTable("MEMBER", "STATUS", STORE.get(0), STORE.get(1), STORE.get(2));
    for (var member : seen) {
      var store = store(member.path("store"));
      table.row(
          names.apply(member.path("address").asString("")),
          status(member),
          store.get(0),
          store.get(1),
          store.get(2));
    }
    return table;
  }

  private static String status(JsonNode member) {
    var status = member.path("status").asString("");
    return member.path("answers").asBoolean(true) ? status : status + ", does not answer";
  }

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
            "CONTROLLER",
            "OWNER",
            "RUNNING",
            "EPOCH",
            "AWAKE",
            "WAITING",
            "QUARANTINED",
            "CIRCLING",
            "BEHIND",
            "OLDEST");
    for (var controller : seen) {
      table.row(
          controller.path("controller").asString(""),
          owner(controller),
          yes(controller.path("running").asBoolean()),
          controller.path("epoch").asString(""),
          controller.path("awake").asString(""),
          controller.path("waiting").asString(""),
          controller.path("quarantined").asString(""),
          controller.path("circling").asString(""),
          controller.path("behind").asString(""),
          time(controller.path("behindMillis")));
    }
    return table;
  }

  /// Why controllers do not run, a sentence for each.
  public List<String> troubles(JsonNode seen) {
    return seen.valueStream()
        .filter(controller -> controller.hasNonNull("trouble"))
        .map(controller ->
            "%s %s: %s"
                .formatted(
                    controller.path("controller").asString(""),
                    controller.path("running").asBoolean() ? "does not see all" : "does not run",
                    controller.path("trouble").asString("")))
        .toList();
  }

  /// Who is behind, as far as anybody can be.
  ///
  /// @param seen part of an overview, by its name
  public List<TextTable> lags(Function<String, JsonNode> seen) {
    var tables = new ArrayList<TextTable>();
    if (!seen.apply("promises").isEmpty()) {
      tables.add(promises(seen.apply("promises")));
    }
    if (!seen.apply("streams").isEmpty()) {
      tables.add(streams(seen.apply("streams")));
    }
    return tables;
  }

  /// How far the promises of collections in several partitions are.
  private TextTable promises(JsonNode seen) {
    var table = new TextTable("COLLECTION", "PARTITIONS", "SLOWEST", "PROMISED", "HELD", "OLDEST");
    for (var promise : seen) {
      table.row(
          promise.path("collection").asString(""),
          promise.path("partitions").asString(""),
          promise.path("slowest").asString(""),
          ago(promise.path("ageMillis")),
          promise.path("held").asString(""),
          time(promise.path("heldMillis")));
    }
    return table;
  }

  /// How far members are that follow the partitions of others.
  private TextTable streams(JsonNode seen) {
    var table = new TextTable("FROM", "TO", "STREAMS", "BEHIND", "OLDEST", "SLOWEST");
    for (var stream : seen) {
      table.row(
          names.apply(stream.path("from").asString("")),
          names.apply(stream.path("to").asString("")),
          stream.path("streams").asString(""),
          stream.path("behind").asString(""),
          time(stream.path("behindMillis")),
          stream.path("slowest").asString("-"));
    }
    return table;
  }

  /// How long the last commits of a member took, and how long ago the last one was.
  ///
  /// @param store of the member, as an overview shows it; empty if nothing is known
  static List<String> store(JsonNode store) {
    return List.of(
        time(store.path("p50Millis")),
        time(store.path("p99Millis")),
        time(store.path("lastCommitAgeMillis")));
  }

  /// @param millis nothing if it is not known
  static String time(JsonNode millis) {
    if (!millis.isNumber()) {
      return "-";
    }
    double known = millis.asDouble();
    if (known < SECOND) {
      return String.format(Locale.ROOT, known < 10 ? "%.1f ms" : "%.0f ms", known);
    }
    long seconds = Math.round(known / SECOND);
    return seconds < MINUTE
        ? String.format(Locale.ROOT, "%.1f s", known / SECOND)
        : "%d min %d s".formatted(seconds / MINUTE, seconds % MINUTE);
  }

  private static String ago(JsonNode millis) {
    return millis.isNumber() ? time(millis) + " ago" : "-";
  }

  private String owner(JsonNode held) {
    var address = held.path("owner").asString("");
    return address.isEmpty() ? "-" : names.apply(address);
  }

  public static String yes(boolean fact) {
    return fact ? "yes" : "no";
  }
}
