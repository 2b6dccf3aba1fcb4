package dev.troupe.runtime.gateway;

import dev.troupe.runtime.gateway.logic.Doorkeeper;
import dev.troupe.runtime.gateway.message.Introduction;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// How a member gets to work with others.
///
/// @param introduction what it tells of itself now
/// @param seeds the addresses of members, of which one lets it in; none if it is the first
/// @param turnedAway is told the sentence if it may not join
public record Joining(
    Doorkeeper keeper,
    Supplier<Introduction> introduction,
    List<String> seeds,
    Consumer<String> turnedAway) {

  public Joining {
    seeds = List.copyOf(seeds);
  }
}
