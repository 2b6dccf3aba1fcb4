package dev.troupe.runtime.collection.protocol;

import dev.troupe.runtime.collection.index.Root;

/// The answer to whoever asks a partition to promise that nothing at or below a version will come.
public sealed interface Promise {

  /// @param root a state that contains everything up to the version asked for, and knows it
  record Given(Root root) implements Promise {}

  /// The same of a partition of another member, whose state is not here.
  record Known(long version) implements Promise {}

  /// @param moving whether the partition is on its way to where it will promise more
  record Denied(String why, boolean moving) implements Promise {}

  /// The version is ahead of time.
  record Ahead(long version) implements Promise {}
}
