package dev.troupe.runtime.gateway.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.wire.WireVersions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoorkeeperTest {

  private static final TypeRef PODS = TypeRef.core("pods");
  private static final Introduction HERE =
      introduction("1.4", new WireVersions(2, 3), "here", "main", Map.of(PODS, 8), 10_000);

  private static final MemberId A = new MemberId("a:7400", 1);
  private static final MemberId B = new MemberId("b:7400", 2);

  private final Doorkeeper doorkeeper =
      new Doorkeeper(Duration.ofMillis(250), () -> new StoredForms(1, 1));

  private static Introduction introduction(
      String release,
      WireVersions wire,
      String cluster,
      String origin,
      Map<TypeRef, Integer> partitions,
      long clockMillis) {
    return new Introduction(release, wire, 1, 1, cluster, origin, 1, 1, partitions, clockMillis, 0);
  }

  @Test
  void whoeverHasEverythingInCommonIsLetIn() {
    assertThat(doorkeeper.objection(HERE, HERE)).isEmpty();
  }

  @Test
  void neighbouringReleasesWorkTogether() {
    var newer =
        introduction("1.5", new WireVersions(3, 4), "here", "main", Map.of(PODS, 8), 10_000);

    assertThat(doorkeeper.objection(HERE, newer)).isEmpty();
  }

  /// Partitions of a type that only one knows are not its own business.
  @Test
  void typesThatOnlyOneKnowsAreNoObstacle() {
    var more = Map.of(PODS, 8, TypeRef.core("secrets"), 3);
    var other = introduction("1.4", new WireVersions(2, 3), "here", "main", more, 10_000);

    assertThat(doorkeeper.objection(HERE, other)).isEmpty();
    assertThat(doorkeeper.objection(other, HERE)).isEmpty();
  }

  @Test
  void otherClusterIsNamed() {
    var other = introduction("1.4", HERE.wire(), "there", "main", Map.of(PODS, 8), 10_000);

    assertThat(doorkeeper.objection(HERE, other))
        .contains(
            "it belongs to the cluster 'there', and this is a member of 'here': name the seeds of"
                + " its own cluster, or this one's name");
  }

  @Test
  void otherStoreIsNamed() {
    var other = introduction("1.4", HERE.wire(), "here", "", Map.of(PODS, 8), 10_000);

    assertThat(doorkeeper.objection(HERE, other))
        .contains(
            "its store is one of its own, and the members here use 'main': give all members of a"
                + " cluster the same database");
  }

  /// Members notice one after the other that the store has begun anew.
  @Test
  void copyOfTheStoreIsADoubtAndNoObjectionYet() {
    var copy = stored(1, 1, 4);

    assertThat(doorkeeper.objection(HERE, copy)).isEmpty();
    assertThat(doorkeeper.doubt(HERE, HERE)).isEmpty();
    assertThat(doorkeeper.doubt(HERE, copy))
        .contains(
            "its store is in incarnation 4, and that of the members here in incarnation 1, so that"
                + " one is a copy of the other: give all members of a cluster the same database");
  }

  @Test
  void whoCannotReadWhatIsStoredNowIsToldBothVersions() {
    var later = new Doorkeeper(Duration.ofMillis(250), () -> new StoredForms(7, 3));

    assertThat(later.objection(HERE, stored(8, 3, 1))).isEmpty();
    assertThat(later.objection(HERE, stored(6, 3, 1)))
        .contains(
            "the tables of the store are of version 7 by now, which is above version 6, the last of"
                + " Troupe 1.4: give it the release that runs here, Troupe 1.4");
    assertThat(later.objection(HERE, stored(7, 2, 1)))
        .contains(
            "its records are of version 3 by now, which is above version 2, the last of Troupe 1.4:"
                + " give it the release that runs here, Troupe 1.4");
  }

  private static Introduction stored(int tables, int records, long incarnation) {
    return new Introduction(
        "1.4", HERE.wire(), tables, records, "here", "main", 1, incarnation, Map.of(), 10_000, 0);
  }

  @Test
  void ofTwoThatAreApartTheOneWithTheEmptyStoreYields() {
    var full = formed("main", 7);
    var empty = formed("other", 0);

    assertThat(Doorkeeper.areApart(full, empty)).isTrue();
    assertThat(Doorkeeper.areApart(full, formed("main", 3))).isFalse();
    assertThat(Doorkeeper.yields(B, empty, A, full)).isTrue();
    assertThat(Doorkeeper.yields(A, full, B, empty)).isFalse();
    assertThat(Doorkeeper.yields(A, empty, B, full)).isTrue();
  }

  @Test
  void ofTwoWithEmptyStoresExactlyOneYields() {
    var one = formed("one", 0);
    var other = formed("other", 0);

    assertThat(Doorkeeper.yields(A, one, B, other)).isFalse();
    assertThat(Doorkeeper.yields(B, other, A, one)).isTrue();
  }

  private static Introduction formed(String origin, long cluster) {
    return new Introduction(
        "1.4", HERE.wire(), 1, 1, "here", origin, cluster, 1, Map.of(), 10_000, 0);
  }

  /// On one store the later of two sees what the earlier has formed.
  @Test
  void twoThatHaveFormedAClusterAfterTheSameOneHaveCopiesOfOneStore() {
    var one = formed(4, 5);
    var other = formed(4, 9);

    assertThat(Doorkeeper.areCopies(one, other)).isTrue();
    assertThat(Doorkeeper.areApart(other, one)).isTrue();
    assertThat(doorkeeper.objection(one, other))
        .hasValueSatisfying(why ->
            assertThat(why)
                .contains("one is a copy of the other: give all members of a cluster the same"));
    assertThat(Doorkeeper.yields(A, one, B, other))
        .isNotEqualTo(Doorkeeper.yields(B, other, A, one));
  }

  @Test
  void whoeverJoinsOrFollowsOnOneStoreHasNoCopy() {
    var earlier = formed(4, 5);

    assertThat(Doorkeeper.areCopies(earlier, formed(4, 0))).isFalse();
    assertThat(Doorkeeper.areCopies(earlier, formed(5, 0))).isFalse();
    assertThat(Doorkeeper.areCopies(earlier, formed(5, 8))).isFalse();
    assertThat(Doorkeeper.areCopies(formed(7, 8), earlier)).isFalse();
    assertThat(doorkeeper.objection(earlier, formed(5, 8))).isEmpty();
  }

  private static Introduction formed(long before, long own) {
    return new Introduction(
        "1.4", HERE.wire(), 1, 1, "here", "main", before, own, 1, Map.of(), 10_000, 0);
  }

  @Test
  void bothVersionsAreNamed() {
    var other =
        introduction("2.0", new WireVersions(5, 6), "here", "main", Map.of(PODS, 8), 10_000);

    assertThat(doorkeeper.objection(HERE, other))
        .contains(
            "Troupe 2.0 speaks versions 5 to 6 with other members, and Troupe 1.4, which runs"
                + " here, versions 2 to 3: upgrade by way of a release that understands both");
  }

  @Test
  void bothLayoutsAreNamed() {
    var other = introduction("1.4", HERE.wire(), "here", "main", Map.of(PODS, 3), 10_000);

    assertThat(doorkeeper.objection(HERE, other))
        .contains(
            "it splits pods into 3 partitions, and the members here into 8: stop all members"
                + " before partitions are changed, and start it again");
  }

  @Test
  void clockThatIsOffIsNamedWithWhatIsPermitted() {
    assertThat(doorkeeper.objection(HERE, at(10_250))).isEmpty();
    assertThat(doorkeeper.objection(HERE, at(10_251)))
        .contains(
            "its clock is 251 ms ahead of this member's, and 250 ms are permitted: synchronise the"
                + " clocks of both machines");
  }

  /// What it shows may have been on its way for as long.
  @Test
  void clockThatIsBehindIsTheOthersToFind() {
    assertThat(doorkeeper.objection(HERE, at(9_000))).isEmpty();
    assertThat(doorkeeper.objection(at(9_000), HERE)).isPresent();
  }

  private static Introduction at(long clockMillis) {
    return introduction("1.4", HERE.wire(), "here", "main", Map.of(PODS, 8), clockMillis);
  }
}
