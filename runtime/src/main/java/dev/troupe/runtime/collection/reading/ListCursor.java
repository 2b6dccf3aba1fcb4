package dev.troupe.runtime.collection.reading;

import java.util.concurrent.CompletionStage;

/// A list of one state of a collection, which comes in pieces: wherever it comes from, nobody need
/// hold all of it. The state stays as it is until the end.
public interface ListCursor extends AutoCloseable {

  /// The version of the state: a watch goes on from here.
  long version();

  /// How many items there are if everything is wanted; else as many at most.
  long count();

  /// How many bytes the contents of all resources in the namespace have.
  long weight();

  /// The next piece. Not to be asked for before the one before is there, nor behind the last.
  ///
  /// @return fails with [dev.troupe.runtime.collection.Resources.UnavailableException] if the rest
  ///   will not come
  CompletionStage<Chunk> next();

  /// Nobody asks for more. May be called again, and behind the last piece.
  @Override
  void close();
}
