package dev.troupe.testkit.experiment.observer;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A line of a member's log, as `TROUPE_LOG_FORMAT=json` writes it.
///
/// @param millis since 1970, by the clock of the member
/// @param partition that it is about; empty if about none
/// @param epoch of that partition; 0 if none is open
public record MemberLogLine(String member, long millis, String partition, long epoch, String what) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /// What JVMs of members are told so that their logs are such lines, and tell of takeovers.
  public static List<String> options() {
    return List.of(
        // The product's own, whatever else is on the class path.
        "-Dlogback.configurationFile=logback.xml", "-DTROUPE_LOG=INFO", "-DTROUPE_LOG_FORMAT=json");
  }

  /// Those of one log; what is no such line is passed over.
  public static Stream<MemberLogLine> of(String member, Stream<String> log) {
    return log.filter(line -> line.startsWith("{")).flatMap(line -> parse(member, line));
  }

  private static Stream<MemberLogLine> parse(String member, String line) {
    try {
      var json = JSON.readTree(line);
      return Stream.of(
          new MemberLogLine(
              member,
              json.path("timestamp").asLong(0),
              pair(json, "partition"),
              number(pair(json, "epoch")),
              json.path("formattedMessage").asString("")));
    } catch (JacksonException cutOff) {
      return Stream.empty(); // Of one that was killed while it wrote.
    }
  }

  private static String pair(JsonNode line, String key) {
    for (var pair : line.path("kvpList")) {
      if (pair.has(key)) {
        return pair.path(key).asString("");
      }
    }
    return "";
  }

  private static long number(String text) {
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }
}
