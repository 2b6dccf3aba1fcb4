package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.resource.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The objects that have an actor, as many as may be, and which of them have nothing to do.
final class Awake {

  private final HostLimits limits;
  private final long epoch;
  private final Map<ResourceKey, Line> lines = new HashMap<>();
  private final Idling idling = new Idling();
  private long made;

  Awake(HostLimits limits, long epoch) {
    this.limits = limits;
    this.epoch = epoch;
  }

  int size() {
    return lines.size();
  }

  boolean has(ResourceKey key) {
    return lines.containsKey(key);
  }

  /// Null if it has no actor.
  @Nullable Line line(ResourceKey key) {
    return lines.get(key);
  }

  /// The same, for whoever has something to tell it.
  @Nullable Line busy(ResourceKey key) {
    var line = lines.get(key);
    if (line != null) {
      idling.busy(key);
    }
    return line;
  }

  boolean hasRoom() {
    return lines.size() < limits.awake() || !idling.nobody();
  }

  /// Who has to leave before somebody else can come.
  Optional<ResourceKey> surplus() {
    return lines.size() < limits.awake() ? Optional.empty() : idling.longest();
  }

  Line open(ResourceKey key) {
    var line = new Line();
    lines.put(key, line);
    return line;
  }

  /// Unique among all that there have been for the object.
  String incarnation() {
    return "e" + epoch + "." + ++made;
  }

  /// Whether it had an actor.
  boolean close(ResourceKey key) {
    idling.busy(key);
    return lines.remove(key) != null;
  }

  void rests(ResourceKey key, long now) {
    idling.idle(key, now);
  }

  /// It rests as soon as the view has reached these versions.
  void settles(ResourceKey key, Map<ResourceKey, Long> floor) {
    idling.settles(key, floor);
  }

  /// Who has rested for so long that it is to leave.
  List<ResourceKey> idle(Predicate<Map<ResourceKey, Long>> seen, long now) {
    idling.settle(seen, now);
    return idling.since(now - limits.idleMillis());
  }
}
