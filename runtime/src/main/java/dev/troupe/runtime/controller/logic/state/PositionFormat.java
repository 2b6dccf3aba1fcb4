package dev.troupe.runtime.controller.logic.state;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.view.ControllerJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The bytes of a kept [HostPosition], with the revision of the controller that it belongs to:
/// another one may decide otherwise about objects that have not changed.
public final class PositionFormat {

  /// Under which name it is kept with the controller's partition.
  public static final String FACT = "position";

  private static final int FORMAT = 1;

  /// A persisted format: components are added, never renamed or removed.
  private record Kept(int format, String revision, long decisions, Map<String, Long> followed) {}

  private PositionFormat() {}

  public static byte[] encode(HostPosition position, String revision) {
    var followed = new TreeMap<String, Long>();
    position.followed().forEach((type, version) -> followed.put(type.toString(), version));
    return ControllerJson.bytes(new Kept(FORMAT, revision, position.decisions(), followed));
  }

  /// The position from which a controller can go on; empty if it is of another revision, of other
  /// collections, or cannot be read: then everything is to be reconciled.
  public static Optional<HostPosition> decode(
      byte[] bytes, String revision, Set<TypeRef> followed) {
    Kept kept;
    try {
      kept = ControllerJson.read(bytes, Kept.class);
    } catch (RuntimeException illegible) {
      return Optional.empty();
    }
    if (kept.format != FORMAT || !revision.equals(kept.revision) || kept.followed == null) {
      return Optional.empty();
    }
    var versions = new HashMap<TypeRef, Long>();
    for (var type : followed) {
      var version = kept.followed.get(type.toString());
      if (version == null) {
        return Optional.empty();
      }
      versions.put(type, version);
    }
    boolean same = versions.size() == kept.followed.size();
    return same ? Optional.of(new HostPosition(kept.decisions, versions)) : Optional.empty();
  }
}
