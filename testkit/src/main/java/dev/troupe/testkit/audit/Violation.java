package dev.troupe.testkit.audit;

import java.util.List;

/// A promise that was not kept.
///
/// @param what happened, with the entries that show it if these are few
/// @param entries what was done and seen around it, if it takes more to understand it
public record Violation(Promise promise, String what, List<String> entries) {

  public Violation {
    entries = List.copyOf(entries);
  }

  Violation(Promise promise, String what) {
    this(promise, what, List.of());
  }

  /// What a server promises.
  public enum Promise {
    /// Operations on one object can be put in an order in which each answer is right, and each
    /// operation lies between its start and its end.
    LINEARIZABLE,
    /// Whether they can is found out in bounded time.
    DECIDABLE,
    /// No version is given twice, one write has one version, and later writes have higher ones.
    VERSIONS,
    /// A list is what all changes up to its version add up to.
    LISTS,
    /// A list is not older than what was acknowledged before it was asked for.
    FRESH_LISTS,
    /// A watch delivers in the order of versions.
    WATCH_ORDER,
    /// A watch delivers each change once.
    WATCH_ONCE,
    /// A watch misses nothing between where it began and where it is.
    WATCH_COMPLETE,
    /// What a watch delivers has been written, and is called what it is.
    WATCH_TRUE,
    /// Nothing at or below a bookmark comes later.
    BOOKMARKS
  }

  @Override
  public String toString() {
    return promise + ": " + what;
  }
}
