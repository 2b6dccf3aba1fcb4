package dev.troupe.runtime.controller.view;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Failure;
import dev.troupe.api.controller.View;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The view of one reconcile: a [Sight], decoded as far as it is looked at.
public final class SightView implements View {

  private final Sight sight;
  private final Types types;
  private final Decoder decoder;
  private final Instant now;
  private final Past past;

  /// What the runtime keeps for the controller: what each question of the view is answered from.
  public interface Past {

    /// When each timer fires, in milliseconds since the epoch.
    Map<String, Long> timers();

    Optional<String> result(Activity activity);

    Optional<Failure.ActivityFailed> failure(Activity activity);

    <M> M memory(M initial);
  }

  public SightView(Sight sight, Types types, Decoder decoder, Instant now, Past past) {
    this.sight = sight;
    this.types = types;
    this.decoder = decoder;
    this.now = now;
    this.past = past;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public <T extends HasMetadata> List<T> list(Class<T> type) {
    return sight.related().getOrDefault(observed(type), List.of()).stream()
        .map(resource -> decoder.shared(resource, type))
        .toList();
  }

  @Override
  public <T extends HasMetadata> Optional<T> get(Class<T> type, String name) {
    var object = sight.object();
    var ref = observed(type);
    if (object == null) {
      return Optional.empty();
    }
    var key = new ResourceKey(ref, types.namespaced(type) ? object.key().namespace() : "", name);
    return Optional.ofNullable(sight.find(key)).map(found -> decoder.shared(found, type));
  }

  @Override
  public Optional<Instant> timer(String name) {
    return Optional.ofNullable(past.timers().get(name)).map(Instant::ofEpochMilli);
  }

  @Override
  public Optional<String> result(Activity activity) {
    return past.result(activity);
  }

  @Override
  public Optional<Failure.ActivityFailed> failure(Activity activity) {
    return past.failure(activity);
  }

  @Override
  public <M> M memory(M initial) {
    return past.memory(initial);
  }

  private TypeRef observed(Class<? extends HasMetadata> type) {
    var ref = types.of(type);
    var object = sight.object();
    if (!sight.related().containsKey(ref) && (object == null || !object.key().type().equals(ref))) {
      throw new IllegalArgumentException(type.getSimpleName() + " is not observed");
    }
    return ref;
  }
}
