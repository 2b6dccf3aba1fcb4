package dev.troupe.controllers.events;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Propagation;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllers.events.KnownEvents.Known;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.ownership.WriterNames;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Deletes Events that have not happened again for an hour. Decides for whole namespaces, so that
/// one timer, and not one for each Event, is kept.
public final class EventExpiryController implements CollectionController<KnownEvents> {

  static final Duration KEPT = Duration.ofHours(1);

  /// Between two looks at a namespace, so that each finds several that are old.
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int MOST_DELETIONS = 500;
  private static final String TIMER = "expiry";
  private static final TypeRef NAMESPACES = Keys.type(Namespace.class);

  @Override
  public String name() {
    return "event-expiry";
  }

  @Override
  public String fieldManager() {
    return WriterNames.CONTROLLERS;
  }

  @Override
  public List<Class<? extends HasMetadata>> follows() {
    return List.of(Event.class, Namespace.class);
  }

  @Override
  public KnownEvents initial() {
    return new KnownEvents();
  }

  @Override
  public KnownEvents apply(KnownEvents state, Change change) {
    if (change.key().type().equals(NAMESPACES)) {
      if (change.deleted()) {
        state.watch(change.key().name(), false);
      }
      return state;
    }
    var event = change.deleted() ? null : change.once(Event.class);
    if (event == null) {
      state.remove(change.key());
    } else {
      state.put(
          new Known(change.key(), change.uid(), Long.toString(change.version()), last(event)));
    }
    return state;
  }

  /// The latest of all times that it says: clients fill in different ones.
  private static Instant last(Event event) {
    var series = event.getSeries();
    return Stream.of(
            time(event.getMetadata().getCreationTimestamp()),
            time(event.getLastTimestamp()),
            time(event.getEventTime()),
            time(series == null ? null : series.getLastObservedTime()))
        .max(Instant::compareTo)
        .orElseThrow();
  }

  private static Instant time(@Nullable MicroTime time) {
    return time(time == null ? null : time.getTime());
  }

  private static Instant time(@Nullable String text) {
    try {
      return ObjectTimes.parse(text);
    } catch (DateTimeParseException notATime) {
      return Instant.EPOCH;
    }
  }

  @Override
  public Collection<ResourceKey> concerns(KnownEvents state, Change change) {
    var key = change.key();
    var namespace = key.type().equals(NAMESPACES) ? key.name() : key.namespace();
    return state.isUnwatched(namespace)
        ? List.of(new ResourceKey(NAMESPACES, "", namespace))
        : List.of();
  }

  @Override
  public Plan decide(KnownEvents state, Change latest, Cause cause, Instant now) {
    var namespace = latest.key().name();
    var oldest = state.oldest(namespace);
    state.watch(namespace, oldest.isPresent());
    if (oldest.isEmpty()) {
      return Plan.nothing();
    }
    var plan = Plan.nothing();
    var old = state.notSince(now.minus(KEPT), namespace, MOST_DELETIONS);
    for (var event : old) {
      plan =
          plan.write(
              new Write.Delete(
                  event.key(), event.uid(), event.resourceVersion(), null, Propagation.BACKGROUND));
    }
    return plan.timer(TIMER, old.size() == MOST_DELETIONS ? SOON : pause(oldest.get(), now));
  }

  private static Duration pause(Instant oldest, Instant now) {
    var left = ObjectTimes.until(oldest.plus(KEPT), now);
    return left.compareTo(PAUSE) > 0 ? left : PAUSE;
  }
}
