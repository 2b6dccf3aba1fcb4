package dev.troupe.clusterconfig.assembly;

import dev.troupe.api.controller.PodLogs.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// What a simulated container has written, by the status of its pod: that it began, that it runs
/// nothing, and how it ended.
///
/// @param state `running` or `terminated`, as in the status
record ContainerStory(String pod, String node, String image, JsonNode state) {

  /// @param previous the run before the present one
  /// @return empty if there was no such run (yet)
  static Optional<ContainerStory> of(JsonNode pod, String container, boolean previous) {
    return statuses(pod)
        .filter(status -> status.path("name").asString("").equals(container))
        .findFirst()
        .map(status ->
            new ContainerStory(
                pod.at("/metadata/namespace").asString("")
                    + "/"
                    + pod.at("/metadata/name").asString(""),
                pod.at("/spec/nodeName").asString(""),
                status.path("image").asString(""),
                status.path(previous ? "lastState" : "state")))
        .filter(story -> story.began().isPresent());
  }

  boolean isOver() {
    return state.has("terminated");
  }

  List<Line> lines() {
    var lines = new ArrayList<Line>();
    began()
        .ifPresent(time -> {
          lines.add(new Line(time, "starting " + image + " for " + pod + " on " + node));
          lines.add(new Line(time, "simulated: nothing runs here, and nothing else is written"));
        });
    ended()
        .ifPresent(time ->
            lines.add(new Line(time, "exit code " + state.at("/terminated/exitCode").asInt(0))));
    return lines;
  }

  private Optional<Instant> began() {
    return time("/running/startedAt").or(() -> time("/terminated/startedAt"));
  }

  private Optional<Instant> ended() {
    return time("/terminated/finishedAt");
  }

  private Optional<Instant> time(String path) {
    return Optional.ofNullable(state.at(path).stringValue(null)).map(Instant::parse);
  }

  private static Stream<JsonNode> statuses(JsonNode pod) {
    return Stream.of("containerStatuses", "initContainerStatuses")
        .flatMap(
            field -> StreamSupport.stream(pod.path("status").path(field).spliterator(), false));
  }
}
