package dev.troupe.testkit.experiment.observer;

import dev.troupe.testkit.experiment.record.Takeover.Step;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A line of a member's log, as `TROUPE_LOG_FORMAT=json` writes it.
///
/// @param millis since 1970, by the clock of the member
/// @param partition that it is about; empty if about none
/// @param epoch of that partition; 0 if none is open
/// @param steps when what has led to it was done, in the same time as `millis`
public record MemberLogLine(
    String member, long millis, String partition, long epoch, String what, Map<Step, Long> steps) {

  /// Those that a line tells of beside itself.
  private static final List<Step> TOLD = List.of(Step.ALLOCATED, Step.OPENED, Step.SCANNED);

  private static final JsonMapper JSON = JsonMapper.shared();

  public MemberLogLine {
    steps = Map.copyOf(steps);
  }

  /// One that tells of nothing but itself.
  public MemberLogLine(String member, long millis, String partition, long epoch, String what) {
    this(member, millis, partition, epoch, what, Map.of());
  }

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
              json.path("formattedMessage").asString(""),
              steps(json)));
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

  private static Map<Step, Long> steps(JsonNode line) {
    var steps = new EnumMap<Step, Long>(Step.class);
    for (var step : TOLD) {
      long millis = number(pair(line, step.name().toLowerCase(Locale.ROOT)));
      if (millis > 0) {
        steps.put(step, millis);
      }
    }
    return steps;
  }

  private static long number(String text) {
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }
}
