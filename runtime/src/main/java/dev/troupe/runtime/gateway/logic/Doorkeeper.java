package dev.troupe.runtime.gateway.logic;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.lease.MemberId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Who may work with this member: whatever two of them must have in common is compared before they
/// do anything else together.
public final class Doorkeeper {

  private final Duration offset;
  private final Supplier<StoredForms> stored;

  /// @param offset by how much clocks of members may differ
  /// @param stored how what is stored is written now
  public Doorkeeper(Duration offset, Supplier<StoredForms> stored) {
    this.offset = offset;
    this.stored = stored;
  }

  /// @param here the member that is asked
  /// @param guest who wants to work with it; what its clock shows was true a moment ago
  /// @return what is in the way, and what to do about it; empty if nothing is
  public Optional<String> objection(Introduction here, Introduction guest) {
    return Stream.of(
            cluster(here, guest),
            version(here, guest),
            store(here, guest),
            forms(here, guest),
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

  /// What may be in the way only for a moment: members notice one after the other that the store
  /// has begun anew. If it stays so, they do not use the same one.
  ///
  /// @return what is in the way then, and what to do about it
  public Optional<String> doubt(Introduction here, Introduction guest) {
    return here.storeIncarnation() == guest.storeIncarnation()
        ? Optional.empty()
        : Optional.of(
            ("its store is in incarnation %d, and that of the members here in incarnation %d, so"
                    + " that one is a copy of the other: give all members of a cluster the same"
                    + " database")
                .formatted(guest.storeIncarnation(), here.storeIncarnation()));
  }

  /// Whether two that look for each other use different stores: together they cannot be, and beside
  /// each other they would be two clusters where one is meant.
  public static boolean areApart(Introduction here, Introduction there) {
    return !here.origin().equals(there.origin()) || areCopies(here, there);
  }

  /// Whether their stores name themselves alike and are different ones: each of the two has formed
  /// a cluster, and neither has seen the other's, as the later one would have on one store.
  public static boolean areCopies(Introduction here, Introduction there) {
    return here.origin().equals(there.origin())
        && here.formedIncarnation() > there.clusterIncarnation()
        && there.formedIncarnation() > here.clusterIncarnation();
  }

  /// Which of two that are apart must not go on, while neither of them serves: whose store was
  /// empty, or has seen less of clusters; of two that are alike, one of them.
  public static boolean yields(
      MemberId self, Introduction here, MemberId other, Introduction there) {
    int known = Long.compare(here.clusterIncarnation(), there.clusterIncarnation());
    return known < 0 || (known == 0 && self.compareTo(other) > 0);
  }

  private static Optional<String> store(Introduction here, Introduction guest) {
    if (areCopies(here, guest)) {
      return Optional.of(
          "a cluster was formed on its store, and another one here when the stores were as old, so"
              + " that one is a copy of the other: give all members of a cluster the same"
              + " database");
    }
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

  /// A member of an older release, which knows less than its cluster has come to use meanwhile.
  private Optional<String> forms(Introduction here, Introduction guest) {
    var present = stored.get();
    return Stream.of(
            unknown("the tables of the store", present.tables(), guest.schema()),
            unknown("its records", present.records(), guest.records()))
        .flatMap(Optional::stream)
        .findFirst()
        .map(what ->
            what
                + " of Troupe %s: give it the release that runs here, Troupe %s"
                    .formatted(guest.release(), here.release()));
  }

  private static Optional<String> unknown(String what, int present, int known) {
    return known >= present
        ? Optional.empty()
        : Optional.of(
            "%s are of version %d by now, which is above version %d, the last"
                .formatted(what, present, known));
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
