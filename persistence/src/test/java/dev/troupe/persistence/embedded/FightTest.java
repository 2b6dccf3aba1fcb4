package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.persistence.embedded.files.DiskFiles;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Opened;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several owners take a partition from each other, again and again, each writing on until it is
/// told that its epoch is over, and repeating itself now and then. With every write goes one to a
/// partition of the owner's own, which nobody fights about.
class FightTest {

  private static final int OWNERS = 4;
  private static final int TERMS = 25;
  private static final int IN_FLIGHT = 8;
  private static final EmbeddedSettings SETTINGS =
      new EmbeddedSettings(1 << 20, 1 << 14, 1_000, 1 << 30);

  @TempDir private Path directory;

  /// What an owner was told during one term.
  private record Term(Opened opened, List<EventRecord> stored, List<EventRecord> refused) {}

  @Test
  void whatAnOldOwnerStoresIsKnownToEveryLaterOneAndNobodyElseIsDisturbed() throws Exception {
    var terms = new ArrayList<Term>();
    List<EventRecord> all;
    try (var store = TestStores.open(directory, SETTINGS, new DiskFiles());
        var threads = Executors.newFixedThreadPool(OWNERS)) {
      List<Future<List<Term>>> owners = new ArrayList<>();
      for (int number = 0; number < OWNERS; number++) {
        owners.add(threads.submit(new Owner(store, number)));
      }
      for (var owner : owners) {
        terms.addAll(owner.get());
      }
      all = TestStores.events(store);
    }
    check(terms, all);
  }

  private static void check(List<Term> terms, List<EventRecord> all) {
    assertThat(terms)
        .hasSize(OWNERS * TERMS)
        .extracting(term -> term.opened().epoch())
        .doesNotHaveDuplicates();
    assertThat(terms.stream().flatMap(term -> term.stored().stream()))
        .containsExactlyInAnyOrderElementsOf(all);
    assertThat(terms).anySatisfy(term -> assertThat(term.refused()).isNotEmpty());
    for (var term : terms) {
      for (var event : all) {
        assertThat(event.version() <= term.opened().highestVersion())
            .as("%s, and %s", event, term.opened())
            .isEqualTo(event.epoch() < term.opened().epoch());
      }
    }
  }

  private static final class Owner implements Callable<List<Term>> {

    private final EmbeddedEventStore store;
    private final PartitionId own;
    private final Random random;
    private long written;

    private Owner(EmbeddedEventStore store, int number) {
      this.store = store;
      own = new PartitionId(new TypeRef("example.com", "things"), number);
      random = new Random(number);
    }

    @Override
    public List<Term> call() {
      await(store.open(own));
      var terms = new ArrayList<Term>();
      for (int term = 0; term < TERMS; term++) {
        terms.add(term());
      }
      return terms;
    }

    /// Ends when something is fenced, or after a while.
    private Term term() {
      var term = new Term(await(store.open(PARTITION)), new ArrayList<>(), new ArrayList<>());
      long n = Version.millis(term.opened().highestVersion());
      boolean fenced = false;
      for (int round = random.nextInt(20); round >= 0 && !fenced; round--) {
        fenced = write(term, n);
        n += IN_FLIGHT;
      }
      return term;
    }

    private boolean write(Term term, long n) {
      var events = new ArrayList<EventRecord>();
      var answers = new ArrayList<CompletionStage<List<Outcome>>>();
      for (int i = 1; i <= IN_FLIGHT; i++) {
        boolean again = i > 1 && random.nextInt(10) == 0;
        events.add(again ? events.getLast() : event(term, n + i));
        answers.add(store.append(List.of(group(events.getLast()), bystander())));
      }
      boolean fenced = false;
      for (int i = 0; i < IN_FLIGHT; i++) {
        var outcomes = await(answers.get(i));
        assertThat(outcomes.getLast()).isEqualTo(Outcome.STORED);
        note(term, events.get(i), events.indexOf(events.get(i)) < i, outcomes.getFirst());
        fenced |= outcomes.getFirst() == Outcome.FENCED;
      }
      return fenced;
    }

    private static EventRecord event(Term term, long n) {
      long epoch = term.opened().epoch();
      return created(PARTITION, epoch, n, "e" + epoch + "-" + n);
    }

    private Group bystander() {
      return group(created(own, 1, ++written, "thing-" + own.number() + "-" + written));
    }

    private static void note(Term term, EventRecord event, boolean again, Outcome outcome) {
      switch (outcome) {
        case STORED -> {
          assertThat(again).as("%s is stored twice", event).isFalse();
          term.stored().add(event);
        }
        case FENCED -> term.refused().add(event);
        case DUPLICATE -> assertThat(again).as("%s is no duplicate", event).isTrue();
        case NO_ROOM, OVERLOADED -> throw new AssertionError(outcome);
      }
    }
  }
}
