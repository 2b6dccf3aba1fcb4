package dev.troupe.persistence.embedded.index;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.tables.IndexTables;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What is known of each collection, and the number that its keys in the tables begin with.
final class CollectionNumbers {

  private final Map<TypeRef, Numbered> collections = new ConcurrentHashMap<>();

  /// @param number in the keys of the tables
  record Numbered(int number, CollectionState state) {}

  /// Those of the tables.
  CollectionNumbers(IndexTables tables) {
    try (var rows = tables.cursor()) {
      var prefix = IndexKeys.collections();
      for (rows.seek(prefix); rows.isIn(prefix); rows.next()) {
        var state = IndexKeys.state(rows.value());
        collections.put(state.collection(), new Numbered(IndexKeys.collection(rows.key()), state));
      }
    }
  }

  /// Null if nobody has spoken of it.
  @Nullable Integer number(TypeRef type) {
    var numbered = collections.get(type);
    return numbered == null ? null : numbered.number();
  }

  CollectionState state(TypeRef collection) {
    var numbered = collections.get(collection);
    return numbered == null ? new CollectionState(collection, 0, 0) : numbered.state();
  }

  List<CollectionState> states() {
    return collections.values().stream().map(Numbered::state).toList();
  }

  /// Makes sure that it has a number.
  void add(TypeRef collection) {
    if (!collections.containsKey(collection)) {
      set(state(collection));
    }
  }

  /// A horizon never goes back.
  void set(CollectionState state) {
    long horizon = Math.max(state.horizon(), state(state.collection()).horizon());
    var raised = new CollectionState(state.collection(), state.partitions(), horizon);
    int next = collections.size() + 1;
    collections.compute(
        state.collection(),
        (_, known) -> new Numbered(known == null ? next : known.number(), raised));
  }

  void raise(TypeRef collection, long horizon) {
    set(new CollectionState(collection, state(collection).partitions(), horizon));
  }

  Map<TypeRef, Numbered> now() {
    return Map.copyOf(collections);
  }
}
