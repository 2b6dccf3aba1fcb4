package dev.troupe.clusterconfig.command.journal;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the log tells, in words.
final class JournalWords {

  private static final int SHOWN = 3;
  private static final int LONGEST = 120;

  private JournalWords() {}

  static String name(JsonNode object) {
    var namespace = object.path("namespace").asString("");
    return object.path("resource").asString("")
        + " "
        + (namespace.isEmpty() ? "" : namespace + "/")
        + object.path("name").asString("");
  }

  /// Who wrote.
  static String who(JsonNode by) {
    var name = by.path("name").asString("");
    var client = by.path("client").asString("");
    return switch (by.path("kind").asString("")) {
      case "user" -> client.isEmpty() ? name : name + " (" + client.split(" ", 2)[0] + ")";
      case "platform" -> "Troupe, " + name;
      default -> name;
    };
  }

  /// Why: the verb, or what a controller had seen, and of what if it is another object.
  static String why(JsonNode by, JsonNode object) {
    var reason = by.path("reason").asString("");
    return by.has("subject") && !name(by.path("subject")).equals(name(object))
        ? name(by.path("subject")) + ": " + reason
        : reason;
  }

  /// Which fields, the first of them.
  static String fields(JsonNode event) {
    if (event.path("type").asString("").equals("created")) {
      return "all";
    }
    if (!event.has("changes")) {
      return "not known any more";
    }
    var paths = new ArrayList<String>();
    event.path("changes").forEach(change -> paths.add(change.path("path").asString("")));
    var shown = String.join(", ", paths.subList(0, Math.min(SHOWN, paths.size())));
    return paths.size() <= SHOWN ? shown : shown + " and " + (paths.size() - SHOWN) + " more";
  }

  /// One line for each field.
  static List<String> changes(JsonNode event) {
    var lines = new ArrayList<String>();
    event
        .path("changes")
        .forEach(change ->
            lines.add(
                "  %s: %s -> %s"
                    .formatted(
                        change.path("path").asString(""),
                        value(change, "before"),
                        value(change, "after"))));
    return lines;
  }

  /// What a field is to be, in a few words; `-` if it is not to be there.
  static String value(JsonNode change, String when) {
    if (!change.has(when)) {
      return "-";
    }
    var text = change.path(when).toString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
