package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.OTHER;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.embedded.TestStores.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.persistence.contract.Events;
import dev.troupe.persistence.embedded.files.Moment;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The writer is held while it stores a group. What is asked for meanwhile waits, and is judged in
/// the order in which it was asked: what is ahead of an `open` is stored, what is behind is fenced.
class OvertakenAppendTest {

  @TempDir private Path directory;
  private final AtomicReference<@Nullable Moment> held = new AtomicReference<>();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @ParameterizedTest
  @EnumSource(
      value = Moment.class,
      names = {"APPEND", "WRITTEN", "SYNCED"})
  void whatIsAheadOfOpenIsStoredAndWhatIsBehindIsFenced(Moment moment) throws Exception {
    try (var store = TestStores.open(directory, TestStores.WHOLE, new MomentFiles(this::wait))) {
      await(store.open(PARTITION));
      await(store.open(OTHER));
      held.set(moment);
      var first = append(store, created(PARTITION, 1, 1, "held"));
      arrived.await();
      var ahead = append(store, created(PARTITION, 1, 2, "ahead"));
      var duplicate = append(store, created(PARTITION, 1, 2, "duplicate"));
      var opened = store.open(PARTITION).toCompletableFuture();
      var behind = append(store, created(PARTITION, 1, 3, "behind"));
      var next = append(store, created(PARTITION, 2, 4, "next"));
      var other = append(store, created(OTHER, 1, 1, "other"));

      assertThat(List.of(first, ahead, duplicate, opened, behind, next, other))
          .noneMatch(CompletableFuture::isDone);
      released.countDown();

      assertThat(await(first)).containsExactly(Outcome.STORED);
      assertThat(await(ahead)).containsExactly(Outcome.STORED);
      assertThat(await(duplicate)).containsExactly(Outcome.DUPLICATE);
      assertThat(await(opened).epoch()).isEqualTo(2);
      assertThat(await(opened).highestVersion()).isEqualTo(Events.version(PARTITION, 2));
      assertThat(await(behind)).containsExactly(Outcome.FENCED);
      assertThat(await(next)).containsExactly(Outcome.STORED);
      assertThat(await(other)).containsExactly(Outcome.STORED);
      assertThat(names(store)).containsExactly("held", "ahead", "next");
    }
    try (var store = TestStores.open(directory)) {
      assertThat(names(store)).containsExactly("held", "ahead", "next");
      assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(3);
    }
  }

  private static CompletableFuture<List<Outcome>> append(
      EmbeddedEventStore store, EventRecord event) {
    return store.append(List.of(group(event))).toCompletableFuture();
  }

  private void wait(Moment moment) {
    if (held.compareAndSet(moment, null)) {
      arrived.countDown();
      try {
        released.await();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }
}
