package dev.troupe.resources.kind.event;

import dev.troupe.resources.conversion.Spelling;
import java.util.Map;
import java.util.stream.Collectors;

/// `events.k8s.io/v1` has other names for the fields that the core group's event began with.
final class EventSpelling implements Spelling {

  private static final String NEW = "events.k8s.io/v1";
  private static final String INVOLVED_OBJECT = "involvedObject.";
  private static final String REGARDING = "regarding.";

  private static final Map<String, String> TO_NEW =
      Map.of(
          "involvedObject", "regarding",
          "source", "deprecatedSource",
          "firstTimestamp", "deprecatedFirstTimestamp",
          "lastTimestamp", "deprecatedLastTimestamp",
          "count", "deprecatedCount",
          "message", "note",
          "reportingComponent", "reportingController");

  private static final Map<String, String> TO_CORE =
      TO_NEW.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  @Override
  public Map<String, String> fromStored(String apiVersion) {
    return apiVersion.equals(NEW) ? TO_NEW : Map.of();
  }

  @Override
  public Map<String, String> toStored(String apiVersion) {
    return apiVersion.equals(NEW) ? TO_CORE : Map.of();
  }

  @Override
  public String selectable(String stored, String apiVersion) {
    if (!apiVersion.equals(NEW)) {
      return stored;
    }
    if (stored.startsWith(INVOLVED_OBJECT)) {
      return REGARDING + stored.substring(INVOLVED_OBJECT.length());
    }
    return stored.equals("reportingComponent") ? "reportingController" : stored;
  }
}
