package dev.troupe.persistence.backup;

import dev.troupe.persistence.format.ArchivedEntry;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;

/// A store that can change all that it holds for something else in one step.
public interface Replaceable extends Archivable {

  /// Puts other entries in place of everything that is stored: all of them, or nothing has changed.
  /// The store must not be used afterwards, only closed.
  ///
  /// @param entries as for [#restore]
  /// @return how many entries there are now
  CompletionStage<Long> replace(Iterator<ArchivedEntry> entries);
}
