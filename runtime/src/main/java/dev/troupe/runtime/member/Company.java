package dev.troupe.runtime.member;

import dev.troupe.runtime.gateway.message.Introduction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// With whom a member works, and what it tells them of itself. No command gives a member company
/// yet: what guards reads against a member that others think is gone is not carried.
///
/// @param seeds the addresses of members of its cluster; none if it is the first
/// @param self what it tells of itself, but for the layout and the clock
/// @param offset by how much clocks of members may differ
/// @param wall its clock
public record Company(List<String> seeds, Introduction self, Duration offset, InstantSource wall) {

  public Company {
    seeds = List.copyOf(seeds);
  }

  /// The members of the cluster do not let this one in. The message says which, and what to do.
  public static final class TurnedAwayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TurnedAwayException(String sentence) {
      super(sentence, null, false, false);
    }
  }
}
