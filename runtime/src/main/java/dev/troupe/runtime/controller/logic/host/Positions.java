package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.state.HostPosition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Finds the positions that a host may keep: below everything whose reconcile is not over.
///
/// Now and then a mark is made: how far the host sees at that moment, and who is not done with what
/// he was told until then. When all of those have been done once, everything up to the mark is
/// over.
final class Positions {

  /// A position is kept although nobody was woken, before the log forgets what came after the last.
  private static final long OLD_MILLIS = 60_000;

  private record Mark(HostPosition position, Set<ResourceKey> undone) {}

  private final HostLogic logic;
  private final LongSupplier decisions;
  private final Set<ResourceKey> undone = new HashSet<>();
  private @Nullable Mark mark;
  private boolean news = true;
  private long markedMillis;

  /// @param decisions the highest version that a decision has got until now
  Positions(HostLogic logic, LongSupplier decisions) {
    this.logic = logic;
    this.decisions = decisions;
  }

  /// Something is to be done about the object.
  void begun(ResourceKey key) {
    undone.add(key);
    news = true;
  }

  /// All that has been told of the object until now is done, or durable.
  ///
  /// @return a position to keep, if there is one now
  Optional<HostPosition> over(ResourceKey key) {
    undone.remove(key);
    if (mark == null || !mark.undone.remove(key)) {
      return Optional.empty();
    }
    return reached();
  }

  /// Nothing follows.
  ///
  /// @return how far everything is over, if that is all that there is to do, and more than was kept
  Optional<HostPosition> last() {
    return news && undone.isEmpty() && isTelling()
        ? Optional.of(new HostPosition(decisions.getAsLong(), versions()))
        : Optional.empty();
  }

  /// The last position could not be kept.
  void notKept() {
    news = true;
  }

  /// It is time for another one.
  ///
  /// @return a position to keep, if there is one now
  Optional<HostPosition> mark(long now) {
    boolean old = now - markedMillis >= OLD_MILLIS;
    if (mark != null || !(news || old) || !isTelling()) {
      return Optional.empty();
    }
    mark = new Mark(new HostPosition(decisions.getAsLong(), versions()), new HashSet<>(undone));
    news = false;
    markedMillis = now;
    return reached();
  }

  /// Whether a position means something: nobody's change is still to be found out.
  private boolean isTelling() {
    return logic.resumes() && logic.isCertain();
  }

  private Map<TypeRef, Long> versions() {
    var versions = new HashMap<TypeRef, Long>();
    logic.followed().forEach(type -> versions.put(type, logic.version(type)));
    return versions;
  }

  private Optional<HostPosition> reached() {
    if (mark == null || !mark.undone.isEmpty()) {
      return Optional.empty();
    }
    var position = mark.position;
    mark = null;
    return Optional.of(position);
  }
}
