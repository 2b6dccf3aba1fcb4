package dev.troupe.apiserver.journal;

import dev.troupe.api.resource.Version;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.fight.Fight;
import dev.troupe.runtime.fight.Fights;
import dev.troupe.runtime.journal.ControllerMemories.Standing;
import dev.troupe.runtime.journal.ObjectHistory;
import dev.troupe.runtime.journal.ObjectHistory.FieldOrigin;
import dev.troupe.runtime.store.EventRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Why an object is as it is: who waits for what, what fails, what will happen by itself, what
/// keeps it from going, and what its conditions say.
final class WhyDocument {

  private WhyDocument() {}

  /// @param origins who has set which field
  static ObjectNode of(
      ObjectHistory history, List<FieldOrigin> origins, List<Standing> controllers) {
    var newest = history.entries().getFirst().event();
    var document = JournalDocuments.document(newest.key());
    boolean gone = newest.type() == EventRecord.Type.DELETED;
    document.put("exists", !gone);
    JournalDocuments.describe(newest, document.putObject("lastChange"));
    if (!gone) {
      var object = JsonDecoder.stored(newest.body());
      describeDeletion(object, origins, document);
      describeConditions(object, document);
      describeFights(Fights.in(history), document);
    }
    var told = document.putArray("controllers");
    controllers.forEach(one -> describe(one, told.addObject()));
    return document;
  }

  private static void describeDeletion(
      JsonNode object, List<FieldOrigin> origins, ObjectNode document) {
    var metadata = object.path("metadata");
    if (!metadata.has("deletionTimestamp")) {
      return;
    }
    var deletion = document.putObject("deletion");
    deletion.set("due", metadata.path("deletionTimestamp"));
    origin(origins, ".metadata.deletionTimestamp", deletion.putObject("askedFor"));
    var finalizers = deletion.putArray("finalizers");
    for (var name : metadata.path("finalizers")) {
      var finalizer = finalizers.addObject().put("name", name.asString(""));
      origin(origins, ".metadata.finalizers[=" + name + "]", finalizer.putObject("setBy"));
    }
  }

  private static void origin(List<FieldOrigin> origins, String path, ObjectNode json) {
    origins.stream()
        .filter(origin -> origin.path().equals(path))
        .map(FieldOrigin::event)
        .findFirst()
        .ifPresent(event -> JournalDocuments.describe(event, json));
  }

  private static void describeConditions(JsonNode object, ObjectNode document) {
    var conditions = object.path("status").path("conditions");
    if (conditions.isArray()) {
      document.set("conditions", conditions);
    }
  }

  private static void describeFights(List<Fight> fights, ObjectNode document) {
    if (fights.isEmpty()) {
      return;
    }
    var told = document.putArray("fights");
    for (var fight : fights) {
      var json =
          told.addObject()
              .put("path", fight.path())
              .put("flips", fight.flips())
              .put("since", JournalDocuments.time(fight.sinceMillis()))
              .put("last", JournalDocuments.time(fight.lastMillis()));
      var sides = json.putArray("sides");
      for (var side : List.of(fight.last(), fight.other())) {
        var described = sides.addObject();
        JournalDocuments.describe(side.writer(), described.putObject("by"));
        if (side.value() != null) {
          described.set("wants", side.value());
        }
      }
    }
  }

  private static void describe(Standing standing, ObjectNode json) {
    var state = standing.state();
    json.put("controller", state.controller())
        .put("resourceVersion", Version.format(state.version()))
        .put("decided", JournalDocuments.time(standing.decidedMillis()));
    var causes = json.putArray("causes");
    state.causes().forEach(causes::add);
    var plan = json.putArray("plan");
    state.plan().forEach(plan::add);
    var waits = json.putArray("waits");
    state
        .waits()
        .forEach(wait ->
            waits
                .addObject()
                .put("for", wait.subject())
                .put("explanation", wait.explanation())
                .put("since", JournalDocuments.time(standing.waitsSinceMillis())));
    var timers = json.putArray("timers");
    state
        .timers()
        .forEach((name, millis) ->
            timers.addObject().put("name", name).put("fires", JournalDocuments.time(millis)));
    describeCalls(state, json.putArray("calls"));
    if (state.memory() != null) {
      json.set("memory", JsonDecoder.stored(state.memory().getBytes(StandardCharsets.UTF_8)));
    }
    var retry = state.retry();
    if (retry != null) {
      describe(retry, json.putObject("failing"));
    }
  }

  /// Those that have not succeeded yet.
  private static void describeCalls(ObjectState state, ArrayNode calls) {
    state
        .calls()
        .forEach((name, call) -> {
          if (!call.done()) {
            calls
                .addObject()
                .put("activity", name)
                .put("failed", call.attempts())
                .put("due", JournalDocuments.time(call.dueMillis()))
                .put("problem", call.problem());
          }
        });
  }

  private static void describe(ObjectState.Retry retry, ObjectNode json) {
    json.put("attempts", retry.attempt())
        .put("message", retry.message())
        .put("last", JournalDocuments.time(retry.sinceMillis()))
        .put("next", JournalDocuments.time(retry.dueMillis()))
        .put("quarantined", retry.quarantined());
  }
}
