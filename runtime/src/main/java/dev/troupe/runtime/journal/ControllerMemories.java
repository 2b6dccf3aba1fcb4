package dev.troupe.runtime.journal;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.StateFormat;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Most;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/// What controllers remember of an object: what it waits for, what has failed, and what will happen
/// by itself.
public final class ControllerMemories {

  /// How far back is looked for when something has begun.
  private static final Most BACK = new Most(50, 1L << 20);

  private final Journal journal;
  private final List<String> controllers;

  /// @param controllers the names of all
  public ControllerMemories(Journal journal, List<String> controllers) {
    this.journal = journal;
    this.controllers = List.copyOf(controllers);
  }

  /// What one controller remembers.
  ///
  /// @param decidedMillis when it last decided something new
  /// @param waitsSinceMillis since when it has waited for the same
  public record Standing(ObjectState state, long decidedMillis, long waitsSinceMillis) {}

  /// In the order of the controllers' names; those that remember nothing are left out.
  ///
  /// @param uid of the object: what is remembered of an earlier one of its name is left out
  public CompletionStage<List<Standing>> of(ResourceKey key, String uid) {
    var asked =
        controllers.stream().flatMap(name -> keys(name, key)).map(one -> read(one, uid)).toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(
            _ -> asked.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList());
  }

  /// Controllers of a collection may decide on objects of several types.
  private static Stream<ResourceKey> keys(String controller, ResourceKey key) {
    var collection = new TypeRef(PartitionId.CONTROLLERS, controller);
    return Stream.of(
        new ResourceKey(collection, key.namespace(), key.name()),
        new ResourceKey(collection, key.namespace(), key.type() + ":" + key.name()));
  }

  private CompletableFuture<Optional<Standing>> read(ResourceKey decisions, String uid) {
    return journal
        .history(decisions, BACK)
        .thenApply(events -> standing(events, uid))
        .toCompletableFuture();
  }

  /// What another release has written and this one cannot read is as if it were not there.
  static Optional<Standing> standing(List<EventRecord> newestFirst, String uid) {
    var states = new ArrayList<ObjectState>();
    for (var event : newestFirst) {
      if (event.type() == EventRecord.Type.DELETED || !event.uid().equals(uid)) {
        break;
      }
      try {
        states.add(StateFormat.decode(event.body()));
      } catch (RuntimeException _) {
        break;
      }
    }
    if (states.isEmpty()) {
      return Optional.empty();
    }
    int same = 0;
    while (same + 1 < states.size()
        && states.get(same + 1).waits().equals(states.getFirst().waits())) {
      same++;
    }
    return Optional.of(
        new Standing(
            states.getFirst(),
            newestFirst.getFirst().timeMillis(),
            newestFirst.get(same).timeMillis()));
  }
}
