package dev.troupe.runtime.gateway.logic;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.gateway.message.Introduction;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Who may work with this member: whatever two of them must have in common is compared before they
/// do anything else together.
public final class Doorkeeper {

  private final Duration offset;

  /// @param offset by how much clocks of members may differ
  public Doorkeeper(Duration offset) {
    this.offset = offset;
  }

  /// @param here the member that is asked
  /// @param guest who wants to work with it; what its clock shows was true a moment ago
  /// @return what is in the way, and what to do about it; empty if nothing is
  public Optional<String> objection(Introduction here, Introduction guest) {
    return Stream.of(
            cluster(here, guest),
            version(here, guest),
            store(here, guest),
            layout(here.partitions(), guest.partitions()),
            clock(here, guest))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> cluster(Introduction here, Introduction guest) {
    return here.cluster().equals(guest.cluster())
        ? Optional.empty()
        : Optional.of(
            ("it belongs to the cluster '%s', and this is a member of '%s': name the seeds of its"
                    + " own cluster, or this one's name")
                .formatted(guest.cluster(), here.cluster()));
  }

  private static Optional<String> version(Introduction here, Introduction guest) {
    return here.wire().meets(guest.wire())
        ? Optional.empty()
        : Optional.of(
            ("Troupe %s speaks %s with other members, and Troupe %s, which runs here, %s: upgrade"
                    + " by way of a release that understands both")
                .formatted(guest.release(), guest.wire(), here.release(), here.wire()));
  }

  private static Optional<String> store(Introduction here, Introduction guest) {
    return here.origin().equals(guest.origin())
        ? Optional.empty()
        : Optional.of(
            ("its store is %s, and the members here use %s: give all members of a cluster the same"
                    + " database")
                .formatted(named(guest.origin()), named(here.origin())));
  }

  private static String named(String origin) {
    return origin.isEmpty() ? "one of its own" : "'" + origin + "'";
  }

  private static Optional<String> layout(Map<TypeRef, Integer> here, Map<TypeRef, Integer> guest) {
    return new TreeMap<>(guest)
        .entrySet().stream()
            .filter(count ->
                !count.getValue().equals(here.getOrDefault(count.getKey(), count.getValue())))
            .findFirst()
            .map(count ->
                ("it splits %s into %d partitions, and the members here into %d: stop all members"
                        + " before partitions are changed, and start it again")
                    .formatted(count.getKey(), count.getValue(), here.get(count.getKey())));
  }

  /// Nobody knows how long the words were on their way, so that a clock that is behind cannot be
  /// told from them: the other member will find this one ahead.
  private Optional<String> clock(Introduction here, Introduction guest) {
    long ahead = guest.clockMillis() - here.clockMillis();
    return ahead <= offset.toMillis()
        ? Optional.empty()
        : Optional.of(
            ("its clock is %d ms ahead of this member's, and %d ms are permitted: synchronise the"
                    + " clocks of both machines")
                .formatted(ahead, offset.toMillis()));
  }
}
