package dev.troupe.testkit.world.replay;

import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.controller.view.Decoder;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.testkit.world.story.JsonDifferences;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A decoder that knows which copies it has given to a controller, and so whether that has modified
/// what it was asked about.
public final class WatchedDecoder extends Decoder {

  private record Given(StoredResource resource, Class<?> type, Object object) {}

  private final List<Given> given = new ArrayList<>();
  private @Nullable StoredResource watched;

  public WatchedDecoder(Limits limits, InstantSource clock) {
    super(limits, clock);
  }

  @Override
  public <T> T fresh(StoredResource resource, Class<T> type) {
    var object = super.fresh(resource, type);
    if (resource.equals(watched)) {
      given.add(new Given(resource, type, object));
    }
    return object;
  }

  /// What a controller says, and what it has modified of its input meanwhile.
  ///
  /// @param modified in words; empty if nothing
  public record Watched<T>(T answer, List<String> modified) {}

  /// Asks a controller.
  ///
  /// @param about the object that it is asked about; null if there is none
  public <T> Watched<T> watch(@Nullable StoredResource about, Supplier<T> question) {
    watched = about;
    try {
      var answer = question.get();
      return new Watched<>(answer, modifications());
    } finally {
      watched = null;
      given.clear();
    }
  }

  private List<String> modifications() {
    var modifications = new ArrayList<String>();
    for (var one : List.copyOf(given)) {
      var pristine = ControllerJson.tree(super.fresh(one.resource, one.type));
      modifications.addAll(JsonDifferences.of(pristine, ControllerJson.tree(one.object)));
    }
    return modifications;
  }
}
