package dev.troupe.runtime.gateway.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.SeenVersions;
import dev.troupe.runtime.collection.index.Entry;
import dev.troupe.runtime.collection.index.Index;
import dev.troupe.runtime.collection.index.Root;
import dev.troupe.runtime.collection.index.Roots;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.PartitionReader;
import dev.troupe.runtime.collection.reading.PastStates;
import dev.troupe.runtime.collection.waiting.Deliveries;
import dev.troupe.runtime.collection.whereabouts.Freshness;
import dev.troupe.runtime.collection.whereabouts.Here;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListBegun;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListPart;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListPulled;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListRefused;
import dev.troupe.runtime.gateway.message.GatewayMessage.OfAPartition;
import dev.troupe.runtime.gateway.message.ListRefusal;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class ServedListsTest {

  private static final PartitionId PARTITION = new PartitionId(Writes.COLLECTION, 0);
  private static final ListQuery ALL = ListQuery.of(Writes.COLLECTION, null);
  private static final MemberId TAKER = new MemberId("taker", 1);
  private static final MemberId OTHER = new MemberId("other", 2);
  private static final int ITEMS = 500;
  private static final int SIZE = 1_000;

  private final Roots roots = new Roots();
  private final List<OfAPartition> answers = new ArrayList<>();
  private long now = 1_000_000;
  private boolean fresh = true;
  private boolean room = true;
  private final ServedLists lists = served();

  private ServedLists served() {
    InstantSource time = () -> Instant.ofEpochMilli(now);
    var directory = new PartitionDirectory();
    var ref = TestInbox.<PartitionMessage>create().getRef();
    directory.arrived(new Here(PARTITION, ref, roots, () -> 1, new Deliveries()));
    roots.add(new Root(Index.of(entries()), 7, now));
    var past =
        new PastStates(
            new InMemoryEventStore(time),
            _ -> {
              throw new IllegalStateException("nothing is read from the store");
            },
            time,
            Runnable::run);
    return new ServedLists(
        new PartitionReader(directory, past, Runnable::run),
        new Freshness(() -> fresh),
        new SeenVersions(new Placement(Map.of(Writes.COLLECTION, 1))),
        time,
        Runnable::run,
        100);
  }

  private static List<Entry> entries() {
    return IntStream.range(0, ITEMS)
        .mapToObj(number -> {
          var key = new ResourceKey(Writes.COLLECTION, "a", "%04d".formatted(number));
          var resource =
              new StoredResource(key, "u", 1, new byte[SIZE], Map.of(), Map.of(), List.of());
          return new Entry(resource, EventRecord.Type.CREATED, 1, "", 0);
        })
        .toList();
  }

  private boolean answer(OfAPartition answer) {
    if (room) {
      answers.add(answer);
    }
    return room;
  }

  private ListBegun begin(MemberId taker) {
    lists.begin(taker, new ListAsked(PARTITION, ALL, false), this::answer);
    return (ListBegun) answers.removeLast();
  }

  private OfAPartition pull(MemberId taker, long list, int number) {
    lists.pull(taker, new ListPulled(PARTITION, list, number), this::answer);
    return answers.removeLast();
  }

  private void assertNotKept(OfAPartition answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            ListRefused.class,
            refused -> assertThat(refused.kind()).isEqualTo(ListRefusal.UNAVAILABLE));
  }

  @Test
  void partsAreTheWholeAndEachIsOfABoundedSize() {
    var begun = begin(TAKER);
    assertThat(begun.version()).isEqualTo(7);
    assertThat(begun.count()).isEqualTo(ITEMS);
    assertThat(begun.weight()).isEqualTo(ITEMS * SIZE);
    var names = new ArrayList<String>();
    begun.items().forEach(item -> names.add(item.key().name()));
    boolean last = begun.isAll();
    for (int number = 1; !last; number++) {
      var part = (ListPart) pull(TAKER, begun.list(), number);
      assertThat(part.items()).hasSizeBetween(1, 100);
      part.items().forEach(item -> names.add(item.key().name()));
      last = part.last();
    }
    assertThat(names).hasSize(ITEMS).isSorted().doesNotHaveDuplicates();
  }

  /// The answer may have been lost.
  @Test
  void partThatIsAskedForAgainIsTheSame() {
    var begun = begin(TAKER);
    var first = (ListPart) pull(TAKER, begun.list(), 1);

    assertThat(((ListPart) pull(TAKER, begun.list(), 1)).items()).isEqualTo(first.items());
    assertThat(((ListPart) pull(TAKER, begun.list(), 2)).items())
        .doesNotContainAnyElementsOf(first.items());
  }

  /// A list is of one state, and goes on when the partition has gone.
  @Test
  void listStaysAsItWasWhateverIsPublished() {
    var begun = begin(TAKER);
    roots.add(new Root(Index.EMPTY, 8, now));
    roots.withdraw();

    assertThat(((ListPart) pull(TAKER, begun.list(), 1)).items()).isNotEmpty();
  }

  @Test
  void whatFitsInOnePartIsNotKept() {
    lists.begin(TAKER, new ListAsked(PARTITION, ALL.of("0001"), false), this::answer);
    lists.begin(
        TAKER, new ListAsked(PARTITION, ListQuery.of(Writes.COLLECTION, "b"), false), this::answer);

    assertThat(answers).allSatisfy(answer -> assertThat(((ListBegun) answer).isAll()).isTrue());
    assertThat(lists.size()).isZero();
  }

  @Test
  void listThatNobodyTakesIsLetGo() {
    var taken = begin(TAKER);
    var forgotten = begin(TAKER);
    for (int minute = 0; minute < 3; minute++) {
      now += 40_000;
      lists.look();
      pull(TAKER, taken.list(), 1);
    }
    assertThat(lists.size()).isEqualTo(1);
    assertNotKept(pull(TAKER, forgotten.list(), 1));
  }

  @Test
  void whoeverLeavesWaitsUntilListsHaveBeenTakenOrNobodyTakesThem() {
    var begun = begin(TAKER);
    var leaving = lists.whenTaken();
    for (int second = 0; second < 5; second++) {
      now += 1_000;
      pull(TAKER, begun.list(), 1);
      lists.look();
      assertThat(leaving).isNotDone();
    }
    now += 2_001;
    lists.look();
    assertThat(leaving).isCompleted();

    var next = begin(TAKER);
    var patient = lists.whenTaken();
    for (int second = 0; second < 11; second++) {
      now += 1_000;
      pull(TAKER, next.list(), 1);
      lists.look();
    }
    assertThat(patient).isCompleted();
  }

  @Test
  void listEndsWithItsTaker() {
    var first = begin(TAKER);
    var second = begin(OTHER);
    lists.end(OTHER, first.list());
    assertThat(lists.size()).isEqualTo(2);
    assertNotKept(pull(OTHER, first.list(), 1));

    lists.end(TAKER, first.list());
    assertNotKept(pull(TAKER, first.list(), 1));
    lists.gone(OTHER);
    assertNotKept(pull(OTHER, second.list(), 1));
    assertThat(lists.size()).isZero();
  }

  @Test
  void thereAreSoManyListsAndNoMore() {
    for (int i = 0; i < 512; i++) {
      begin(TAKER);
    }
    lists.begin(TAKER, new ListAsked(PARTITION, ALL, false), this::answer);

    assertThat(answers.removeLast())
        .isInstanceOfSatisfying(
            ListRefused.class,
            refused -> assertThat(refused.kind()).isEqualTo(ListRefusal.OVERLOADED));
    assertThat(begin(OTHER).isAll()).isFalse();
  }

  /// Whoever has been replaced shows nothing.
  @Test
  void nothingIsListedWithoutALease() {
    fresh = false;
    lists.begin(TAKER, new ListAsked(PARTITION, ALL, false), this::answer);

    assertNotKept(answers.removeLast());
    assertThat(lists.size()).isZero();
  }

  @Test
  void listWhoseBeginningCannotBeSentIsNotKept() {
    room = false;
    lists.begin(TAKER, new ListAsked(PARTITION, ALL, false), this::answer);

    assertThat(answers).isEmpty();
    assertThat(lists.size()).isZero();
  }
}
