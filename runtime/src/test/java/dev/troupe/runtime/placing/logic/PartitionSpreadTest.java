package dev.troupe.runtime.placing.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionSpreadTest {

  private static final TypeRef PODS = new TypeRef("", "pods");
  private static final TypeRef EVENTS = new TypeRef("", "events");
  private static final int SEEDS = 60;
  private static final int MOST = 8;

  private final Map<String, List<PartitionId>> placed = new TreeMap<>();
  private BiPredicate<String, TypeRef> takes = (_, _) -> true;

  @Test
  void twelvePartitionsOnThreeMembersAreFourEach() {
    members("a", "b", "c");
    partitions(PODS, 12).forEach(this::place);
    partitions(EVENTS, 12).forEach(this::place);

    assertThat(counts(PODS)).containsExactly(4, 4, 4);
    assertThat(counts(EVENTS)).containsExactly(4, 4, 4);
  }

  @Test
  void collectionsOfOnePartitionAreSpreadTogether() {
    members("a", "b", "c");
    for (int i = 0; i < 30; i++) {
      place(new PartitionId(new TypeRef("", "type" + i), 0));
    }

    assertThat(totals()).containsExactly(10, 10, 10);
  }

  /// One member has all of one collection, the other all of the other: even together is not enough.
  @Test
  void eachCollectionIsSpreadByItself() {
    placed.put("a", partitions(PODS, 4));
    placed.put("b", partitions(EVENTS, 4));

    settle(new Random(1));

    assertThat(counts(PODS)).containsExactly(2, 2);
    assertThat(counts(EVENTS)).containsExactly(2, 2);
  }

  @Test
  void memberThatJoinsGetsItsShareOfEachCollection() {
    placed.put("a", partitions(PODS, 12));
    members("b", "c");

    int moves = settle(new Random(1));

    assertThat(counts(PODS)).containsExactly(4, 4, 4);
    assertThat(moves).isEqualTo(8);
  }

  @Test
  void noMoreThanSoManyMoveAtOnce() {
    placed.put("a", partitions(PODS, 64));
    members("b");
    var moving = Set.of(new PartitionId(PODS, 0), new PartitionId(PODS, 1));

    assertThat(spread().moves(Set.of(), MOST)).hasSize(MOST);
    assertThat(spread().moves(moving, MOST)).hasSize(MOST - 2).doesNotContainAnyElementsOf(moving);
  }

  /// Those that are on their way are as good as there.
  @Test
  void whatIsOnItsWayIsNotMadeUpForAgain() {
    placed.put("a", partitions(PODS, 4));
    members("b");
    var moving = Set.of(new PartitionId(PODS, 0), new PartitionId(PODS, 1));

    assertThat(spread().moves(moving, MOST)).isEmpty();
  }

  @Test
  void onlyMembersThatTakeATypeCount() {
    members("a", "b", "c");
    takes = (member, type) -> !type.equals(EVENTS) || !member.equals("c");
    partitions(EVENTS, 4).forEach(this::place);
    partitions(PODS, 5).forEach(this::place);

    assertThat(counts(EVENTS)).containsExactly(2, 2, 0);
    assertThat(totals()).containsExactly(4, 3, 2);
    assertThat(spread().moves(Set.of(), MOST)).isEmpty();
  }

  /// Pods come even by one each; the members that are full of events need no more of them.
  @Test
  void whatOneMemberTakesAloneCountsForTheOthers() {
    members("a", "b");
    takes = (member, type) -> !type.equals(EVENTS) || member.equals("a");
    partitions(EVENTS, 3).forEach(this::place);
    partitions(PODS, 3).forEach(this::place);

    assertThat(counts(PODS)).containsExactly(1, 2);
  }

  @Test
  void whatNobodyTakesHasNoHome() {
    members("a");
    takes = (_, type) -> !type.equals(EVENTS);

    assertThat(spread().home(new PartitionId(EVENTS, 0))).isEmpty();
    assertThat(spread().home(new PartitionId(PODS, 0))).contains("a");
  }

  @Test
  void whoIsAboutToGoIsRelievedOfAFewAtATime() {
    placed.put("a", partitions(PODS, 6));
    members("b", "c");
    takes = (member, _) -> !member.equals("a");
    var moving = Set.of(new PartitionId(PODS, 0));

    assertThat(spread().departures("a"::equals, moving, 4))
        .hasSize(3)
        .doesNotContainAnyElementsOf(moving);
    assertThat(spread().departures("b"::equals, Set.of(), 4)).isEmpty();
  }

  @Test
  void whatNobodyElseTakesStaysForAsLongAsItsMember() {
    placed.put("a", new ArrayList<>(partitions(PODS, 2)));
    at("a").add(new PartitionId(EVENTS, 0));
    members("b");
    takes = (member, type) -> member.equals("b") && !type.equals(EVENTS);

    assertThat(spread().departures("a"::equals, Set.of(), 4))
        .containsExactlyInAnyOrderElementsOf(partitions(PODS, 2));
  }

  /// A member that has left hands its partitions over by itself, and counts for nobody.
  @Test
  void whoTakesNothingIsLeftAlone() {
    placed.put("a", partitions(PODS, 4));
    placed.put("b", new ArrayList<>());
    takes = (member, _) -> member.equals("b");

    assertThat(spread().moves(Set.of(), MOST)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void anyPlacingBecomesEvenAndStays(int members) {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      placed.clear();
      members(IntStream.range(0, members).mapToObj(i -> "m" + i).toArray(String[]::new));
      scatter(random);
      int partitions = totals().stream().mapToInt(Integer::intValue).sum();

      int moves = settle(random);

      assertEven(seed);
      assertThat(moves).as("moves of seed %s", seed).isLessThanOrEqualTo(partitions);
      assertThat(spread().moves(Set.of(), MOST)).as("seed %s", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9})
  void lossOfAMemberLeavesTheOthersEven(int members) {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      placed.clear();
      members(IntStream.range(0, members).mapToObj(i -> "m" + i).toArray(String[]::new));
      scatter(random);
      settle(random);
      var lost = "m" + random.nextInt(members);
      var homeless = new ArrayList<>(at(lost));
      placed.remove(lost);
      Collections.shuffle(homeless, random);

      homeless.forEach(this::place);
      settle(random);

      assertEven(seed);
    }
  }

  /// What is placed one by one, with nobody coming or going, needs no moves for its collections.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void collectionsAreEvenFromTheFirst(int members) {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      placed.clear();
      members(IntStream.range(0, members).mapToObj(i -> "m" + i).toArray(String[]::new));
      var all = some(random);
      Collections.shuffle(all, random);

      all.forEach(this::place);

      types().forEach(type -> assertThat(difference(counts(type))).isLessThanOrEqualTo(1));
    }
  }

  private List<PartitionId> at(String member) {
    return Objects.requireNonNull(placed.get(member));
  }

  private PartitionSpread spread() {
    return new PartitionSpread(placed, takes);
  }

  private void members(String... names) {
    for (var name : names) {
      placed.put(name, new ArrayList<>());
    }
  }

  private static List<PartitionId> partitions(TypeRef type, int count) {
    var partitions = new ArrayList<PartitionId>();
    IntStream.range(0, count).forEach(number -> partitions.add(new PartitionId(type, number)));
    return partitions;
  }

  private void place(PartitionId partition) {
    at(spread().home(partition).orElseThrow()).add(partition);
  }

  private static List<PartitionId> some(Random random) {
    var all = new ArrayList<PartitionId>();
    int collections = random.nextInt(8);
    for (int i = 0; i < collections; i++) {
      int count = random.nextBoolean() ? 1 : 1 + random.nextInt(24);
      all.addAll(partitions(new TypeRef("", "type" + i), count));
    }
    return all;
  }

  private void scatter(Random random) {
    var names = List.copyOf(placed.keySet());
    some(random).forEach(partition -> at(names.get(random.nextInt(names.size()))).add(partition));
  }

  /// Moves as sharding does: in any order, partitions are counted where they were, then nowhere,
  /// then where they have arrived; meanwhile it asks again.
  ///
  /// @return how many moves it took
  private int settle(Random random) {
    var moving = new ArrayList<PartitionId>();
    int moves = 0;
    while (true) {
      var more = spread().moves(Set.copyOf(moving), MOST);
      assertThat(more).allSatisfy(one -> assertThat(moving).doesNotContain(one));
      moving.addAll(more);
      assertThat(moving).hasSizeLessThanOrEqualTo(MOST);
      if (moving.isEmpty()) {
        return moves;
      }
      moves += more.size();
      Collections.shuffle(moving, random);
      int arriving = random.nextBoolean() ? moving.size() : 1 + random.nextInt(moving.size());
      for (int i = 0; i < arriving; i++) {
        depart(moving.getLast());
        place(moving.removeLast());
      }
      moving.stream().filter(_ -> random.nextBoolean()).forEach(this::depart);
    }
  }

  private void depart(PartitionId partition) {
    placed.values().forEach(partitions -> partitions.remove(partition));
  }

  private Set<TypeRef> types() {
    var types = new TreeSet<>(Comparator.comparing(TypeRef::toString));
    placed.values().forEach(all -> all.forEach(partition -> types.add(partition.collection())));
    return types;
  }

  private void assertEven(int seed) {
    types()
        .forEach(type ->
            assertThat(difference(counts(type))).as("seed %s", seed).isLessThanOrEqualTo(1));
    assertThat(difference(totals())).as("seed %s: %s", seed, totals()).isLessThanOrEqualTo(1);
  }

  private List<Integer> counts(TypeRef type) {
    return placed.values().stream()
        .map(all -> (int) all.stream().filter(one -> one.collection().equals(type)).count())
        .toList();
  }

  private List<Integer> totals() {
    return placed.values().stream().map(List::size).toList();
  }

  private static int difference(List<Integer> counts) {
    IntSummaryStatistics all = counts.stream().mapToInt(Integer::intValue).summaryStatistics();
    return all.getMax() - all.getMin();
  }
}
