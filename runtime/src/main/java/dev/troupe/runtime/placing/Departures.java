package dev.troupe.runtime.placing;

import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.pekko.actor.Address;

/// Who is about to go, as members tell each other before they leave their cluster: what such a
/// member has is placed elsewhere while it is still there. May be asked on any thread.
///
/// @param announce lets this member tell all others that it is about to go, until it is gone
/// @param departs whether a member has told so; also of this one
/// @param isAnybodyStaying whether there is another member that takes what this one has
public record Departures(
    Runnable announce, Predicate<Address> departs, BooleanSupplier isAnybodyStaying) {

  /// Those of a member that has no others.
  public static final Departures OF_ONE = new Departures(() -> {}, _ -> false, () -> false);
}
