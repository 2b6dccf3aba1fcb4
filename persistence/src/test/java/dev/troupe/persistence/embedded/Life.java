package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.deleted;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.contract.Events.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.Version;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Opened;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;

/// A random history of one partition that is interrupted by losses of power, and what of it was
/// acknowledged.
final class Life {

  private static final int RESOURCES = 8;
  private static final int KEPT_MILLIS = 150;
  private static final String FACT = "fact";
  private static final String SHORT_LIVED = "short-lived-";

  private final Random random;
  private final Acknowledged acknowledged = new Acknowledged();
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private long epoch;
  private long current;
  private long horizon;
  private long fact;
  private long millis;
  private boolean lost;

  Life(long seed) {
    random = new Random(seed);
  }

  /// Checks what is there, and goes on until power is lost.
  ///
  /// @param left where to put what the loss leaves
  void liveOn(Path path, Path left, FaultyFiles files) throws IOException {
    var settings = random.nextBoolean() ? TestStores.WHOLE : TestStores.TAIL;
    lost = false;
    files.adopt(path);
    files.interrupt(random.nextInt(400), () -> lose(path, left, files));
    try (var store = TestStores.open(path, settings, files)) {
      check(store);
      for (int step = 0; step < 600 && !isLost(); step++) {
        step(store);
      }
    }
    if (!isLost()) {
      lose(path, left, files);
    }
  }

  private synchronized boolean isLost() {
    return lost;
  }

  private synchronized void lose(Path path, Path left, FaultyFiles files) {
    if (!lost) {
      lost = true;
      try {
        files.losePower(path, left, random);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /// What is acknowledged after the power is lost need not be there.
  private synchronized void acknowledge(Runnable what) {
    if (!lost) {
      what.run();
    }
  }

  private void check(EmbeddedEventStore store) {
    var found = Found.in(store);
    acknowledged.add(lines);
    lines.clear();
    acknowledged.checkNewest(found, SHORT_LIVED);
    acknowledged.checkEvents(found);
    assertThat(found.horizon()).isGreaterThanOrEqualTo(horizon);
    var opened = await(store.open(PARTITION));
    assertThat(opened.epoch()).isGreaterThan(epoch);
    assertThat(factOf(opened)).isGreaterThanOrEqualTo(fact);
    open(opened, found);
  }

  private static long factOf(Opened opened) {
    var bytes = opened.facts().get(FACT);
    return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
  }

  private void open(Opened opened, Found found) {
    open(opened);
    sequences.clear();
    found.newest().forEach((name, event) -> sequences.put(name, event.sequence()));
  }

  private void open(Opened opened) {
    current = opened.epoch();
    acknowledge(() -> epoch = current);
    millis = Math.max(millis, Version.millis(opened.highestVersion()));
  }

  private void step(EmbeddedEventStore store) {
    switch (random.nextInt(60)) {
      case 0 -> prune(store);
      case 1 -> keep(store);
      case 2 -> open(await(store.open(PARTITION)));
      case 3, 4 -> {
        var born = created(PARTITION, current, ++millis, SHORT_LIVED + millis);
        append(store, born);
        append(store, deleted(PARTITION, current, ++millis, born.key().name(), 2));
      }
      default -> {
        var name = "r-" + random.nextInt(RESOURCES);
        var stage =
            append(
                store,
                updated(PARTITION, current, ++millis, name, sequences.merge(name, 1L, Long::sum)));
        if (random.nextInt(8) == 0) {
          await(stage);
        }
      }
    }
  }

  private CompletionStage<Void> append(EmbeddedEventStore store, EventRecord event) {
    return store
        .append(List.of(group(event)))
        .thenAccept(outcomes -> {
          assertThat(outcomes).containsExactly(Outcome.STORED);
          acknowledge(() -> lines.add(Acknowledged.line(event)));
        });
  }

  private void prune(EmbeddedEventStore store) {
    var age = Duration.ofMillis(NOW.toEpochMilli() - Math.max(0, millis - KEPT_MILLIS));
    await(store.prune(new Retention(new Rule(age, 3), Map.of())));
    long reached = await(store.tail(PODS, 0, EventStore.Most.of(1))).horizon();
    acknowledge(() -> horizon = reached);
  }

  private void keep(EmbeddedEventStore store) {
    long next = fact + 1;
    var bytes = ByteBuffer.allocate(Long.BYTES).putLong(next).array();
    var group = new Group(PARTITION, current, List.of(), Map.of(FACT, bytes));
    assertThat(await(store.append(List.of(group)))).containsExactly(Outcome.STORED);
    acknowledge(() -> fact = next);
  }
}
