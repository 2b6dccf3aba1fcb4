package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.state.HostPosition;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What earlier epochs have left to a host.
///
/// @param known the objects that there are decisions about
/// @param position how far they have come; null if that is not known, or of no use
public record HostPast(Collection<Known> known, @Nullable HostPosition position) {

  /// Of a controller that runs for the first time.
  public static final HostPast NOTHING = new HostPast(List.of(), null);

  public HostPast {
    known = List.copyOf(known);
  }

  /// @param version of the newest decision about the object
  /// @param due when it is to be told the time; [Long#MAX_VALUE] if never
  public record Known(ResourceKey key, long version, long due) {}
}
