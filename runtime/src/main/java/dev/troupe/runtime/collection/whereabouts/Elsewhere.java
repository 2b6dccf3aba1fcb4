package dev.troupe.runtime.collection.whereabouts;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.resource.StoredResource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// A partition of another member. What it is told may be lost on the way, or its answer: then a
/// write is answered as of unknown outcome, and everybody else with a refusal, or not at all.
public non-sealed interface Elsewhere extends Whereabouts {

  /// What is known of one resource where the partition is.
  ///
  /// @param version of the state that was looked at
  record Sighted(Optional<StoredResource> resource, long version) {}

  /// The address of the member.
  String owner();

  /// The newest state of one resource.
  ///
  /// @param atLeast everything up to this version is in it
  /// @return fails like [dev.troupe.runtime.collection.Resources#get]; with an
  ///   `UnavailableException` also if the partition has moved meanwhile
  CompletionStage<Sighted> get(ResourceKey key, long atLeast);

  /// The version of the newest state.
  ///
  /// @param atLeast everything up to this version is in it
  /// @return fails like [#get]
  CompletionStage<Long> newest(long atLeast);

  /// A list of one state, which is kept there until it has been taken.
  ///
  /// @param fromStore whether a state that memory does not have any more is read from the store
  /// @return fails like [dev.troupe.runtime.collection.Resources#list]; with an
  ///   `UnavailableException` also if the partition has moved meanwhile
  CompletionStage<ListCursor> list(ListQuery query, boolean fromStore);
}
