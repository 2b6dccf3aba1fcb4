package dev.troupe.runtime.member;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.resources.selector.FieldSelector;
import dev.troupe.resources.selector.LabelSelector;
import dev.troupe.runtime.collection.Resources.AheadException;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.collection.Sought;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.Pull;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is large, or much, is the same whichever of three members is asked.
@Timeout(120)
class LargeThroughMembersTest {

  private static final int LARGEST = 3 << 20;
  private static final EventStore STORE = new InMemoryEventStore(InstantSource.system());

  private static Trio trio;

  /// Of each member one namespace.
  private static List<String> namespaces;

  @BeforeAll
  static void start() throws InterruptedException {
    trio = Trio.start(STORE, 0, 100, 50);
    namespaces = trio.all().stream().map(trio::namespaceAt).toList();
  }

  @AfterAll
  static void stop() {
    trio.close();
  }

  @Test
  void largestObjectIsWrittenReadListedAndWatchedThroughTheWrongMember()
      throws InterruptedException {
    var namespace = namespaces.get(1);
    for (var member : List.of(trio.get(0))) {
      var name = "large";
      var watcher = new WatchRecorder();
      long from = newest(member).version();
      member.resources().watch(Writes.COLLECTION, namespace, from).subscribe(watcher);
      for (var value : List.of("x".repeat(LARGEST - 1_000), "y".repeat(LARGEST - 1_000))) {
        var reply = written(member, writes(member, namespace).merge(name, value));

        assertThat(Writes.value(reply.json())).isEqualTo(value);
        var key = writes(member, namespace).key(name);
        assertThat(await(member.resources().get(key)).orElseThrow().json()).isEqualTo(reply.json());
        var listed = all(member, ListQuery.of(Writes.COLLECTION, namespace).of(name));
        assertThat(listed).singleElement().extracting(Item::json).isEqualTo(text(reply.json()));
        assertThat(watcher.change(name)).isEqualTo(value);
      }
      await(member.resources().write(writes(member, namespace).delete(name)));
    }
  }

  /// More of them at once than are received at the same time.
  @Test
  void manyLargeObjectsAtOnceAllArrive() {
    var member = trio.get(0);
    var writes = writes(member, namespaces.get(1));
    var value = "z".repeat(1 << 20);
    var replies =
        Stream.iterate(0, i -> i < 5, i -> i + 1)
            .map(i -> member.resources().write(writes.create("many-" + i, value)))
            .map(CompletionStage::toCompletableFuture)
            .toList();

    assertThat(replies)
        .allSatisfy(reply -> assertThat(reply.join()).isInstanceOf(WriteReply.Written.class));

    var reads =
        Stream.iterate(0, i -> i < 5, i -> i + 1)
            .map(i -> trio.get(2).resources().get(writes.key("many-" + i)))
            .map(CompletionStage::toCompletableFuture)
            .toList();
    assertThat(reads)
        .allSatisfy(
            read -> assertThat(Writes.value(read.join().orElseThrow().json())).isEqualTo(value));
    for (int i = 0; i < 5; i++) {
      await(member.resources().write(writes.delete("many-" + i)));
    }
  }

  @Test
  void listsAreTheSameThroughEveryMember() {
    listsAreTheSame(2_000);
  }

  @Test
  @Tag("thorough")
  @Timeout(600)
  void veryLongListsAreTheSameThroughEveryMember() {
    listsAreTheSame(100_000);
  }

  private void listsAreTheSame(int objects) {
    fill(objects);
    long version = newest(trio.get(0)).version();
    var one = Sought.by(LabelSelector.parse("app=n-00042"), FieldSelector.parse("", Map.of()));
    for (var query :
        List.of(
            ListQuery.of(Writes.COLLECTION, null),
            ListQuery.of(Writes.COLLECTION, namespaces.get(1)),
            ListQuery.of(Writes.COLLECTION, "nobody"),
            ListQuery.of(Writes.COLLECTION, namespaces.get(2)).of("n-00007"),
            ListQuery.of(Writes.COLLECTION, null).wanting(one),
            ListQuery.of(Writes.COLLECTION, null)
                .behind(new Position(namespaces.get(0), "n-00500")),
            ListQuery.of(Writes.COLLECTION, namespaces.get(2))
                .behind(new Position(namespaces.get(2), "n-00500")))) {
      var expected = read(trio.get(0), query.at(version));
      for (var member : trio.all()) {
        var read = read(member, query.at(version));
        assertThat(read.version).isEqualTo(version);
        assertThat(read.items.equals(expected.items)).as("%s", query).isTrue();
        assertThat(read.count).isEqualTo(expected.count);
        assertThat(read.weight).isEqualTo(expected.weight);
        assertThat(read(member, query).items.equals(expected.items)).as("%s", query).isTrue();
      }
    }
    assertThat(read(trio.get(2), ListQuery.of(Writes.COLLECTION, null)).items)
        .hasSizeGreaterThanOrEqualTo(objects);
  }

  /// While others write, page behind page is of one state.
  @Test
  void pagesThroughTheWrongMemberAreOfOneState() {
    fill(300);
    var member = trio.get(2);
    var whole = read(member, ListQuery.of(Writes.COLLECTION, null));
    var paged = new ArrayList<Item>();
    Position last = null;
    do {
      written(
          trio.get(0), writes(trio.get(0), namespaces.get(0)).merge("n-00001", "" + paged.size()));
      var page =
          page(member, ListQuery.of(Writes.COLLECTION, null).behind(last).at(whole.version), 70);
      paged.addAll(page);
      last = page.isEmpty() ? null : page.getLast().position();
    } while (last != null);
    assertThat(paged.equals(whole.items)).isTrue();
  }

  private static List<Item> page(Member member, ListQuery query, int limit) {
    var page = new ArrayList<Item>();
    try (var pull = new Pull(await(member.resources().list(query)))) {
      await(pull.each(() -> page.size() < limit, item -> page.add(Item.of(item)), Runnable::run));
    }
    return page;
  }

  @Test
  void whatIsAcknowledgedIsInTheNextListThroughAnybody() {
    for (int i = 0; i < 30; i++) {
      var writer = trio.get(i % 3);
      var reader = trio.get((i + 1) % 3);
      var namespace = namespaces.get((i / 3) % 3);
      long version = written(writer, writes(writer, namespace).merge("seen", "" + i)).version();
      for (var asked : new @Nullable String[] {null, namespace}) {
        var list = read(reader, ListQuery.of(Writes.COLLECTION, asked));
        assertThat(list.version).isGreaterThanOrEqualTo(version);
        assertThat(list.items)
            .filteredOn(item -> item.is(namespace, "seen"))
            .singleElement()
            .satisfies(item -> assertThat(item.version()).isEqualTo(version));
      }
    }
  }

  @Test
  void versionThatIsNotKeptOrNotThereYetIsRefusedInTheSameWay() {
    for (int i = 0; i < 3; i++) {
      written(trio.get(i), writes(trio.get(i), namespaces.get(i)).merge("old", "" + i));
      written(trio.get(i), writes(trio.get(i), namespaces.get(i)).merge("old", "new" + i));
    }
    await(STORE.prune(new EventStore.Retention(new EventStore.Rule(Duration.ZERO, 1), Map.of())));
    for (var member : trio.all()) {
      for (var namespace : new @Nullable String[] {namespaces.get(1), null}) {
        var query = ListQuery.of(Writes.COLLECTION, namespace);
        assertThatThrownBy(() -> await(member.resources().list(query.at(1))))
            .hasCauseInstanceOf(ExpiredException.class);
        assertThatThrownBy(() -> await(member.resources().list(query.at(Long.MAX_VALUE >> 1))))
            .hasCauseInstanceOf(AheadException.class);
      }
    }
  }

  /// Memory does not have it: its owner reads it from the store.
  @Test
  @Tag("thorough")
  void stateOfThePastIsTheSameThroughEveryMember() {
    var namespace = namespaces.get(1);
    var owner = trio.get(1);
    written(owner, writes(owner, namespace).merge("hectic", "before"));
    long between = newest(owner).version();
    for (int i = 0; i < 3_000; i++) {
      written(owner, writes(owner, namespace).merge("hectic", "" + i));
    }
    for (var asked : new @Nullable String[] {namespace, null}) {
      var query = ListQuery.of(Writes.COLLECTION, asked).at(between);
      for (var member : trio.all()) {
        assertThat(read(member, query).items)
            .filteredOn(item -> item.is(namespace, "hectic"))
            .singleElement()
            .satisfies(item -> assertThat(item.json()).contains("before"));
      }
    }
  }

  /// Of what nobody takes only the first pieces leave their owner; others go on meanwhile.
  @Test
  void listsGoOnBesideOneThatNobodyReads() {
    fill(1_000);
    var member = trio.get(2);
    var query = ListQuery.of(Writes.COLLECTION, null);
    try (var neverRead = new Pull(await(member.resources().list(query)))) {
      var two =
          Stream.of(query, query)
              .map(asked -> CompletableFuture.supplyAsync(() -> read(member, asked)))
              .toList();
      var lists = two.stream().map(CompletableFuture::join).toList();

      assertThat(lists.getFirst().items.equals(lists.getLast().items)).isTrue();
      assertThat(neverRead.state()).isEqualTo(Pull.State.HERE);
    }
  }

  // What is there

  private static int filled;

  /// So many in all namespaces together, of 500 bytes each.
  private static synchronized void fill(int objects) {
    var permits = new Semaphore(200);
    var value = "v".repeat(300);
    for (; filled < objects; filled++) {
      int number = filled;
      var owner = trio.get(number % 3);
      permits.acquireUninterruptibly();
      var write =
          writes(owner, namespaces.get(number % 3)).create("n-%05d".formatted(number / 3), value);
      owner.resources().write(write).whenComplete((_, _) -> permits.release());
    }
    permits.acquireUninterruptibly(200);
  }

  private record Item(
      String namespace, String name, long version, String json, Map<String, String> labels) {

    private static Item of(StoredResource item) {
      return new Item(
          item.key().namespace(),
          item.key().name(),
          item.version(),
          text(item.json()),
          item.labels());
    }

    private Position position() {
      return new Position(namespace, name);
    }

    private boolean is(String otherNamespace, String otherName) {
      return namespace.equals(otherNamespace) && name.equals(otherName);
    }
  }

  private record Read(long version, long count, long weight, List<Item> items) {}

  private static Read read(Member member, ListQuery query) {
    var list = await(member.resources().list(query));
    var items = new ArrayList<Item>();
    await(new Pull(list).each(item -> items.add(Item.of(item)), Runnable::run));
    return new Read(list.version(), list.count(), list.weight(), items);
  }

  private static List<Item> all(Member member, ListQuery query) {
    return read(member, query).items;
  }

  private static ListCursor newest(Member member) {
    var list = await(member.resources().list(ListQuery.of(Writes.COLLECTION, null)));
    list.close();
    return list;
  }

  private static String text(byte[] json) {
    return new String(json, UTF_8);
  }

  private static Writes writes(Member member, String namespace) {
    return Writes.at(member.time().instant()).in(namespace).withUidsEnding(namespace);
  }

  private static WriteReply.Written written(Member member, WriteRequest request) {
    var reply = await(member.resources().write(request));
    assertThat(reply).isInstanceOf(WriteReply.Written.class);
    return (WriteReply.Written) reply;
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
