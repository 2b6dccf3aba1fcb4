package dev.troupe.apiserver.journal;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.ownership.field.PathStep;
import dev.troupe.runtime.journal.Agendas.Failing;
import dev.troupe.runtime.journal.Agendas.Found;
import dev.troupe.runtime.journal.Agendas.SetTimer;
import dev.troupe.runtime.journal.CauseTrail.FollowedTrail;
import dev.troupe.runtime.journal.FieldChange;
import dev.troupe.runtime.journal.ObjectHistory;
import dev.troupe.runtime.journal.ObjectHistory.FieldOrigin;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.WriteCause;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the log tells, as JSON.
final class JournalDocuments {

  private JournalDocuments() {}

  /// `changes` are missing where the state before is not kept.
  static ObjectNode history(ResourceKey key, ObjectHistory history) {
    var document = document(key);
    var events = document.putArray("events");
    for (var entry : history.entries()) {
      var json = events.addObject();
      describe(entry.event(), json);
      if (entry.changes() != null) {
        var changes = json.putArray("changes");
        entry.changes().forEach(change -> describe(change, changes.addObject()));
      }
    }
    return document.put("complete", history.complete());
  }

  static ObjectNode blame(ResourceKey key, List<FieldOrigin> origins) {
    var document = document(key);
    var fields = document.putArray("fields");
    for (var origin : origins) {
      var json = fields.addObject().put("path", origin.path());
      if (origin.event() != null) {
        describe(origin.event(), json.putObject("setBy"));
      }
    }
    return document;
  }

  static ObjectNode cause(FollowedTrail trail) {
    var document = document(trail.steps().getFirst().key());
    var steps = document.putArray("steps");
    for (var step : trail.steps()) {
      var json = steps.addObject();
      name(step.key(), json.putObject("object"));
      describe(step, json);
    }
    return document.put("end", trail.end().name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  static ObjectNode timers(Found<SetTimer> found) {
    var document = JsonNodeFactory.instance.objectNode();
    var timers = document.putArray("timers");
    for (var timer : found.first()) {
      var json = timers.addObject().put("controller", timer.controller());
      name(timer.key(), json.putObject("object"));
      json.put("timer", timer.timer()).put("fires", time(timer.fires()));
    }
    return describe(found, document);
  }

  static ObjectNode failing(Found<Failing> found) {
    var document = JsonNodeFactory.instance.objectNode();
    var failing = document.putArray("failing");
    for (var one : found.first()) {
      var json = failing.addObject().put("controller", one.controller());
      name(one.key(), json.putObject("object"));
      if (!one.what().isEmpty()) {
        json.put("activity", one.what());
      }
      json.put("attempts", one.attempts())
          .put("message", one.message())
          .put("next", time(one.next()))
          .put("quarantined", one.quarantined());
    }
    return describe(found, document);
  }

  private static ObjectNode describe(Found<?> found, ObjectNode document) {
    document.put("total", found.total());
    return found.illegible() == 0 ? document : document.put("illegible", found.illegible());
  }

  /// A timer may be set for a moment that has no name.
  static String time(long millis) {
    return millis == Long.MAX_VALUE ? "never" : Instant.ofEpochMilli(millis).toString();
  }

  static ObjectNode document(ResourceKey key) {
    var document = JsonNodeFactory.instance.objectNode();
    name(key, document.putObject("object"));
    return document;
  }

  private static ObjectNode name(ResourceKey key, ObjectNode json) {
    json.put("resource", key.type().toString());
    if (!key.namespace().isEmpty()) {
      json.put("namespace", key.namespace());
    }
    return json.put("name", key.name());
  }

  static void describe(EventRecord event, ObjectNode json) {
    json.put("resourceVersion", Version.format(event.version()))
        .put("time", Instant.ofEpochMilli(event.timeMillis()).toString())
        .put("type", event.type().name().toLowerCase(Locale.ROOT))
        .put("uid", event.uid());
    describe(event.cause(), json.putObject("by"));
  }

  static void describe(WriteCause cause, ObjectNode json) {
    json.put("kind", cause.kind().name().toLowerCase(Locale.ROOT)).put("name", cause.name());
    if (!cause.client().isEmpty()) {
      json.put("client", cause.client());
    }
    json.put("reason", cause.reason());
    var subject = cause.subject();
    if (subject != null) {
      name(subject, json.putObject("subject"))
          .put("resourceVersion", Version.format(cause.version()));
    }
  }

  /// A field by its name, an item of a list by its keys, by what it is, or by its place.
  private static void describe(PathStep step, ArrayNode json) {
    switch (step) {
      case PathStep.FieldStep(var field) -> json.add(field);
      case PathStep.KeyStep(var keys) -> {
        var item = json.addObject().putObject("item");
        keys.forEach(key -> item.set(key.name(), key.value()));
      }
      case PathStep.ValueStep(var value) -> json.addObject().set("value", value);
      case PathStep.IndexStep(int index) -> json.add(index);
    }
  }

  private static void describe(FieldChange change, ObjectNode json) {
    json.put("path", change.path());
    var steps = json.putArray("steps");
    change.steps().forEach(step -> describe(step, steps));
    if (change.before() != null) {
      json.set("before", change.before());
    }
    if (change.after() != null) {
      json.set("after", change.after());
    }
  }
}
