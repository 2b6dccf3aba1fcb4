package dev.troupe.persistence.backup;

import dev.troupe.persistence.format.ArchivedEntry;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// A store that can be copied whole while it is used, and filled from such a copy.
public interface Archivable {

  /// Calls `each` with everything that was stored at one moment between call and answer: with every
  /// event that retention does not remove meanwhile, then with each partition and collection once.
  /// Events come in no particular order, and some may come twice.
  ///
  /// @param each may block: appends go on. What it throws fails the stage
  /// @return how many entries there were
  CompletionStage<Long> copy(Consumer<ArchivedEntry> each);

  /// Fills this store, which must be empty, and makes it durable.
  ///
  /// @param entries as [#copy] gave them; events that come twice are stored once
  /// @return how many entries there were; fails with [dev.troupe.runtime.store.StoreException] if
  ///   the store holds something already. The store must not be used if it fails
  CompletionStage<Long> restore(Iterator<ArchivedEntry> entries);
}
