package dev.troupe.runtime.collection.logic;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The facts that are being stored with a partition in its present epoch, and those that are to be
/// stored again because there was no room.
final class Keepings {

  private record Keeping(Map<String, byte[]> facts, Runnable then) {}

  /// Stores facts.
  @FunctionalInterface
  interface Store {
    void keep(long id, Map<String, byte[]> facts);
  }

  private final Map<Long, Keeping> open = new HashMap<>();
  private final Set<Long> refused = new LinkedHashSet<>();
  private long last;

  /// @param then is to be run when they are stored
  /// @return the number of the keeping
  long add(Map<String, byte[]> facts, Runnable then) {
    open.put(++last, new Keeping(facts, then));
    return last;
  }

  /// What is to be run now that the facts are stored; null if they are not waited for.
  @Nullable Runnable stored(long id) {
    var keeping = open.remove(id);
    return keeping == null ? null : keeping.then();
  }

  void refused(long id) {
    if (open.containsKey(id)) {
      refused.add(id);
    }
  }

  /// Stores what was refused again.
  void again(Store store) {
    var again = List.copyOf(refused);
    refused.clear();
    for (long id : again) {
      var keeping = open.get(id);
      if (keeping != null) {
        store.keep(id, keeping.facts());
      }
    }
  }

  void clear() {
    open.clear();
    refused.clear();
  }
}
