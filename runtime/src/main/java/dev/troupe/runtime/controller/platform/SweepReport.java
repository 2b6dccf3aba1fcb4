package dev.troupe.runtime.controller.platform;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.resource.StoredResource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a sweep found left in a namespace: the result of
/// [dev.troupe.api.controller.PlatformActivity.SweepNamespace].
public final class SweepReport {

  private static final int MOST_FAILURES = 10;

  private record Content(
      Map<String, Integer> remaining, Map<String, Integer> finalizers, List<String> failures) {}

  private final Map<String, Integer> remaining = new TreeMap<>();
  private final Map<String, Integer> finalizers = new TreeMap<>();
  private final TreeSet<String> failures = new TreeSet<>();

  public void remains(StoredResource resource) {
    TypeRef type = resource.key().type();
    remaining.merge(type.plural() + "." + type.group(), 1, Integer::sum);
    var metadata = ControllerJson.object(resource.json()).path("metadata");
    for (var finalizer : metadata.path("finalizers")) {
      finalizers.merge(finalizer.asString(), 1, Integer::sum);
    }
  }

  public void failed(StoredResource resource, String message) {
    if (failures.size() < MOST_FAILURES) {
      failures.add(resource.key() + ": " + message);
    }
  }

  /// Whether nothing remains so far, and nothing has failed.
  public boolean isClean() {
    return remaining.isEmpty() && failures.isEmpty();
  }

  public String json() {
    return ControllerJson.write(new Content(remaining, finalizers, List.copyOf(failures)));
  }
}
