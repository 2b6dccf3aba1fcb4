package dev.troupe.runtime.controller.logic.object;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.view.Sight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a machine asks for while it handles one message, and the versions that go with it.
final class Outbox {

  /// How often in a row a timer may fire for nothing before that is told.
  private static final int CIRCLES = 5;

  private final List<ObjectEffect> effects = new ArrayList<>();

  /// What the view has to reach before the next look.
  private final Map<ResourceKey, Long> floor = new HashMap<>();

  /// The highest version that has been seen.
  private long seen;

  void seen(Sight sight) {
    sight.versions().values().forEach(version -> seen = Math.max(seen, version));
  }

  /// A write was answered with this version of its object.
  void written(ResourceKey target, long version) {
    floor.merge(target, version, Math::max);
    seen = Math.max(seen, version);
  }

  /// The view has reached the floor.
  void reached() {
    floor.clear();
  }

  void add(ObjectEffect effect) {
    effects.add(effect);
  }

  void look() {
    effects.add(new ObjectEffect.Look(Map.copyOf(floor)));
  }

  void decided(ObjectState next) {
    if (next.inVain() >= CIRCLES) {
      effects.add(new ObjectEffect.Circles(next.inVain()));
    }
  }

  /// @param held the object is looked at too often
  void rest(long due, boolean mayLeave, boolean held) {
    if (held) {
      effects.add(new ObjectEffect.Circles(0));
    }
    effects.add(new ObjectEffect.Rest(due, Map.copyOf(floor), mayLeave));
  }

  void write(PlannedWrite write) {
    effects.add(new ObjectEffect.Write(write, seen));
  }

  void note(PlannedWrite write) {
    effects.add(new ObjectEffect.Note(write, seen));
  }

  void discard() {
    effects.clear();
  }

  List<ObjectEffect> taken() {
    var taken = List.copyOf(effects);
    effects.clear();
    return taken;
  }
}
