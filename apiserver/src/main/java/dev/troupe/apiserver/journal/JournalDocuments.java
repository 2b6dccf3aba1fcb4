package dev.troupe.apiserver.journal;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.Version;
import dev.troupe.runtime.journal.CauseTrail.FollowedTrail;
import dev.troupe.runtime.journal.FieldChange;
import dev.troupe.runtime.journal.ObjectHistory;
import dev.troupe.runtime.journal.ObjectHistory.FieldOrigin;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.WriteCause;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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

  private static void describe(WriteCause cause, ObjectNode json) {
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

  private static void describe(FieldChange change, ObjectNode json) {
    json.put("path", change.path());
    if (change.before() != null) {
      json.set("before", change.before());
    }
    if (change.after() != null) {
      json.set("after", change.after());
    }
  }
}
