package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.state.HostPosition;
import dev.troupe.runtime.controller.mirror.Earlier;
import dev.troupe.runtime.controller.mirror.Wake;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Whom a host has to look at when it has listed its collections. Where the position of an earlier
/// epoch can be gone on from, that is whom the changes since then concern, whose decision may not
/// have been carried out, and who is gone; else everybody.
final class Resumption {

  /// Where a host is in its epoch.
  sealed interface Phase {

    /// Nobody is woken before all collections have been listed: half a view would mislead.
    record Gathering(Set<TypeRef> unlisted, Resumption resumption) implements Phase {}

    record Running() implements Phase {}
  }

  private final HostLogic logic;
  private final Collection<HostPast.Known> known;
  private final Map<TypeRef, HostEffect.Recall> asked = new HashMap<>();
  private final Map<TypeRef, List<Earlier>> recalled = new HashMap<>();
  private @Nullable HostPosition position;

  Resumption(HostLogic logic, HostPast past) {
    this.logic = logic;
    this.known = past.known();
    this.position = logic.resumes() ? past.position() : null;
  }

  /// What is to be asked about a collection that has been listed.
  Optional<HostEffect.Recall> listed(TypeRef type, long version) {
    if (position == null || position.of(type) > version) {
      giveUp();
      return Optional.empty();
    }
    var recall = new HostEffect.Recall(type, position.of(type), version);
    asked.put(type, recall);
    return Optional.of(recall);
  }

  /// @param changed null if that is not known any more
  void recalled(HostEffect.Recall answered, @Nullable List<Earlier> changed) {
    if (!answered.equals(asked.get(answered.type()))) {
      return;
    }
    asked.remove(answered.type());
    if (changed == null) {
      giveUp();
    } else {
      recalled.put(answered.type(), changed);
    }
  }

  private void giveUp() {
    position = null;
    asked.clear();
    recalled.clear();
  }

  /// Whether all that was asked is answered.
  boolean isReady() {
    return asked.isEmpty();
  }

  /// @param rested is told who needs nothing but to be told the time
  List<Wake> begin(Consumer<HostPast.Known> rested) {
    var wakes = new ArrayList<Wake>();
    if (position == null) {
      wakes.addAll(logic.started());
      known.forEach(one -> wakes.add(new Wake(one.key(), new Cause.Started())));
      return wakes;
    }
    recalled.values().forEach(changes -> wakes.addAll(logic.resumed(changes)));
    for (var one : known) {
      if (one.version() > position.decisions() || !logic.holds(one.key())) {
        wakes.add(new Wake(one.key(), new Cause.Started()));
      } else {
        rested.accept(one);
      }
    }
    return wakes;
  }
}
