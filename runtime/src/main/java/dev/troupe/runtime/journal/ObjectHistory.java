package dev.troupe.runtime.journal;

import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.schema.shape.MergeShape;
import dev.troupe.runtime.store.EventRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What happened to an object, as far as the log keeps it.
///
/// @param entries newest first
/// @param complete whether the first of them is how the object, or an earlier one of its name, came
///   to be: nothing is missing before it
public record ObjectHistory(List<Entry> entries, boolean complete) {

  /// One change.
  ///
  /// @param changes null if what was there before is not kept; none for a deletion
  public record Entry(EventRecord event, @Nullable List<FieldChange> changes) {}

  /// Who has set a field.
  ///
  /// @param event null if it was set before all that is kept
  public record FieldOrigin(String path, @Nullable EventRecord event) {}

  /// An event, and the object behind it, which is read once.
  private record ReadEvent(EventRecord event, ObjectNode object) {

    static ReadEvent of(EventRecord event) {
      return new ReadEvent(event, JsonDecoder.stored(event.body()));
    }
  }

  /// @param events newest first, one more than is to be told if there are more
  /// @param most how many are told
  /// @param shapes of the type, by `apiVersion`
  public static ObjectHistory of(
      List<EventRecord> events, int most, Function<String, MergeShape> shapes) {
    var entries = new ArrayList<Entry>();
    var at = events.isEmpty() ? null : ReadEvent.of(events.getFirst());
    for (int i = 0; at != null && i < most; i++) {
      var former = i + 1 < events.size() ? ReadEvent.of(events.get(i + 1)) : null;
      entries.add(new Entry(at.event(), changes(at, former, shapes)));
      at = former;
    }
    boolean first = events.isEmpty() || events.getLast().previousVersion() == 0;
    return new ObjectHistory(entries, events.size() <= most && first);
  }

  private static @Nullable List<FieldChange> changes(
      ReadEvent state, @Nullable ReadEvent former, Function<String, MergeShape> shapes) {
    var event = state.event();
    if (event.type() == EventRecord.Type.DELETED) {
      return List.of();
    }
    boolean created = event.previousVersion() == 0;
    if (!created && (former == null || former.event().version() != event.previousVersion())) {
      return null;
    }
    var before = created || former == null ? null : former.object();
    return FieldChanges.between(before, state.object(), shape(state.object(), shapes));
  }

  private static MergeShape shape(ObjectNode object, Function<String, MergeShape> shapes) {
    return shapes.apply(object.path("apiVersion").asString(""));
  }

  /// Who has last set each field of the newest state, in the order of their paths; nothing if the
  /// object has been deleted.
  public List<FieldOrigin> origins(Function<String, MergeShape> shapes) {
    if (entries.isEmpty() || entries.getFirst().event().type() == EventRecord.Type.DELETED) {
      return List.of();
    }
    var setters = setters();
    var object = JsonDecoder.stored(entries.getFirst().event().body());
    return FieldChanges.between(null, object, shape(object, shapes)).stream()
        .map(field -> new FieldOrigin(field.path(), setters.get(field.path())))
        .toList();
  }

  private Map<String, EventRecord> setters() {
    var setters = new LinkedHashMap<String, EventRecord>();
    for (var entry : entries) {
      if (entry.event().type() == EventRecord.Type.DELETED) {
        break;
      }
      if (entry.changes() != null) {
        entry.changes().forEach(change -> setters.putIfAbsent(change.path(), entry.event()));
      }
    }
    return setters;
  }
}
