package dev.troupe.runtime.controller.mirror;

import dev.troupe.api.resource.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The objects that a controller's code throws at. Each is told once, until it is over.
public final class Faults {

  private final Map<ResourceKey, String> present = new HashMap<>();
  private final List<Fault> untold = new ArrayList<>();

  public void add(ResourceKey key, RuntimeException thrown) {
    if (present.put(key, thrown.toString()) == null) {
      untold.add(new Fault(key, thrown));
    }
  }

  public void over(ResourceKey key) {
    present.remove(key);
  }

  /// What was thrown last; null if nothing is wrong.
  public @Nullable String of(ResourceKey key) {
    return present.get(key);
  }

  boolean isEmpty() {
    return present.isEmpty();
  }

  /// Those that have not been told yet.
  public List<Fault> tell() {
    var told = List.copyOf(untold);
    untold.clear();
    return told;
  }
}
