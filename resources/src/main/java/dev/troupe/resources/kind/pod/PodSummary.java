package dev.troupe.resources.kind.pod;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.table.Cells;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A pod in the few words that kubectl has for it.
///
/// @param lastRestart when the last of the counted restarts happened
record PodSummary(
    int ready, int containers, String status, long restarts, @Nullable Instant lastRestart) {

  static PodSummary of(ObjectNode pod) {
    return new Reading(pod).summary();
  }

  /// One reading of one pod; the order of the steps is that of Kubernetes' printer.
  private static final class Reading {

    private final ObjectNode pod;
    private final @Nullable JsonNode status;
    private final Set<String> sidecars = new HashSet<>();
    private String reason;
    private int ready;
    private long restarts;
    private @Nullable Instant lastRestart;
    private long sidecarRestarts;
    private @Nullable Instant lastSidecarRestart;

    Reading(ObjectNode pod) {
      this.pod = pod;
      this.status = pod.get("status");
      var own = Json.text(status, "reason");
      this.reason = own.isEmpty() ? Json.text(status, "phase") : own;
    }

    PodSummary summary() {
      var spec = pod.get("spec");
      if (hasCondition("PodScheduled", "reason", "SchedulingGated")) {
        reason = "SchedulingGated";
      }
      var initContainers = Json.objects(spec, "initContainers");
      for (var container : initContainers) {
        if (Json.text(container, "restartPolicy").equals("Always")) {
          sidecars.add(Json.text(container, "name"));
        }
      }
      boolean initializing = readInitContainers(initContainers.size());
      if (!initializing || hasCondition("Initialized", "status", "True")) {
        readContainers();
      }
      readDeletion();
      int containers = Json.objects(spec, "containers").size() + sidecars.size();
      return new PodSummary(ready, containers, reason, restarts, lastRestart);
    }

    /// Whether an init container is still to finish.
    private boolean readInitContainers(int count) {
      var statuses = Json.objects(status, "initContainerStatuses");
      for (int i = 0; i < statuses.size(); i++) {
        var container = statuses.get(i);
        boolean sidecar = sidecars.contains(Json.text(container, "name"));
        countInitRestarts(container, sidecar);
        if (isDone(container)) {
          continue;
        }
        if (sidecar && Json.truth(container, "started")) {
          ready += Json.truth(container, "ready") ? 1 : 0;
          continue;
        }
        reason = initReason(container, i, count);
        return true;
      }
      return false;
    }

    private void countInitRestarts(JsonNode container, boolean sidecar) {
      restarts += Cells.number(container, "restartCount");
      lastRestart = later(lastRestart, lastFinish(container));
      if (sidecar) {
        sidecarRestarts += Cells.number(container, "restartCount");
        lastSidecarRestart = later(lastSidecarRestart, lastFinish(container));
      }
    }

    private static boolean isDone(JsonNode container) {
      var terminated = state(container, "terminated");
      return terminated != null && Cells.number(terminated, "exitCode") == 0;
    }

    private static String initReason(JsonNode container, int index, int count) {
      var terminated = state(container, "terminated");
      if (terminated != null) {
        return "Init:" + ending(terminated);
      }
      var waiting = Json.text(state(container, "waiting"), "reason");
      return waiting.isEmpty() || waiting.equals("PodInitializing")
          ? "Init:" + index + "/" + count
          : "Init:" + waiting;
    }

    private void readContainers() {
      restarts = sidecarRestarts;
      lastRestart = lastSidecarRestart;
      boolean running = false;
      for (var container : Json.objects(status, "containerStatuses").reversed()) {
        restarts += Cells.number(container, "restartCount");
        lastRestart = later(lastRestart, lastFinish(container));
        var waiting = Json.text(state(container, "waiting"), "reason");
        var terminated = state(container, "terminated");
        if (!waiting.isEmpty()) {
          reason = waiting;
        } else if (terminated != null) {
          reason = ending(terminated);
        } else if (Json.truth(container, "ready") && state(container, "running") != null) {
          running = true;
          ready++;
        }
      }
      if (running && reason.equals("Completed")) {
        reason = hasCondition("Ready", "status", "True") ? "Running" : "NotReady";
      }
    }

    private void readDeletion() {
      if (!Json.has(pod.get("metadata"), "deletionTimestamp")) {
        return;
      }
      if (Json.text(status, "reason").equals("NodeLost")) {
        reason = "Unknown";
      } else if (!List.of("Succeeded", "Failed").contains(Json.text(status, "phase"))) {
        reason = "Terminating";
      }
    }

    private boolean hasCondition(String type, String field, String value) {
      return Json.objects(status, "conditions").stream()
          .anyMatch(condition ->
              Json.text(condition, "type").equals(type)
                  && Json.text(condition, field).equals(value));
    }

    private static @Nullable JsonNode state(JsonNode container, String state) {
      return Json.get(container.get("state"), state);
    }

    private static String ending(JsonNode terminated) {
      var why = Json.text(terminated, "reason");
      if (!why.isEmpty()) {
        return why;
      }
      long signal = Cells.number(terminated, "signal");
      return signal != 0 ? "Signal:" + signal : "ExitCode:" + Cells.number(terminated, "exitCode");
    }

    private static @Nullable Instant lastFinish(JsonNode container) {
      var terminated = Json.get(container.get("lastState"), "terminated");
      return Cells.time(Json.text(terminated, "finishedAt")).orElse(null);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
      return one == null || (other != null && one.isBefore(other)) ? other : one;
    }
  }
}
