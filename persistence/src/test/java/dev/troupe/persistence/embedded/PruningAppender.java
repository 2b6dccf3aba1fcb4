package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.deleted;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.contract.Events.updated;

import dev.troupe.persistence.embedded.files.DiskFiles;
import dev.troupe.persistence.embedded.files.Moment;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// A process of its own that updates some resources, creates and deletes others, and prunes, until
/// it is killed, or comes to the [Moment] that it is given; prints every append that was
/// acknowledged: see [Acknowledged].
final class PruningAppender {

  /// Never written again.
  static final String IDLE = "idle";

  static final String SHORT_LIVED = "short-lived-";
  static final String PRUNED = "pruned";

  private static final int RESOURCES = 20;
  private static final int IN_FLIGHT = 32;
  private static final int LIVING = 40;
  private static final int KEPT_MILLIS = 400;
  private static final int PRUNED_EVERY = 300;

  private final EmbeddedEventStore store;
  private final Map<String, EventRecord> newest = new ConcurrentHashMap<>();
  private final ArrayDeque<String> living = new ArrayDeque<>();
  private final Semaphore room = new Semaphore(IN_FLIGHT);
  private final long epoch;
  private long millis;

  private PruningAppender(EmbeddedEventStore store) {
    this.store = store;
    var opened = await(store.open(PARTITION));
    epoch = opened.epoch();
    print(Acknowledged.line(opened));
    millis = opened.highestVersion() >>> 16;
    await(store.scan(PARTITION, Long.MAX_VALUE, event -> newest.put(event.key().name(), event)));
  }

  /// @param arguments the directory; the moment at which to die, and at which of its times
  public static void main(String[] arguments) throws InterruptedException {
    var files =
        arguments.length == 1
            ? new DiskFiles()
            : new MomentFiles(
                new Death(Moment.valueOf(arguments[1]), Integer.parseInt(arguments[2])));
    var store = TestStores.open(Path.of(arguments[0]), KillTest.SETTINGS, files);
    new PruningAppender(store).run();
  }

  private void run() throws InterruptedException {
    if (!newest.containsKey(IDLE)) {
      append(created(PARTITION, epoch, ++millis, IDLE));
    }
    newest.values().stream()
        .filter(event -> event.type() != EventRecord.Type.DELETED)
        .map(event -> event.key().name())
        .filter(name -> name.startsWith(SHORT_LIVED))
        .forEach(living::add);
    for (int i = 0; ; i++) {
      var name = "r-" + i % RESOURCES;
      var last = newest.get(name);
      append(updated(PARTITION, epoch, ++millis, name, last == null ? 1 : last.sequence() + 1));
      if (i % 3 == 0) {
        liveAndDie();
      }
      if (i % PRUNED_EVERY == 0) {
        prune();
      }
    }
  }

  private void liveAndDie() throws InterruptedException {
    var born = created(PARTITION, epoch, ++millis, SHORT_LIVED + millis);
    append(born);
    living.add(born.key().name());
    while (living.size() > LIVING) {
      append(deleted(PARTITION, epoch, ++millis, living.remove(), 2));
    }
  }

  private void prune() {
    var age = Duration.ofMillis(NOW.toEpochMilli() - Math.max(0, millis - KEPT_MILLIS));
    store.prune(new Retention(new Rule(age, 3), Map.of())).thenRun(() -> print(PRUNED));
  }

  private void append(EventRecord event) throws InterruptedException {
    room.acquire();
    newest.put(event.key().name(), event);
    store
        .append(List.of(group(event)))
        .thenAccept(outcomes -> {
          if (!outcomes.equals(List.of(Outcome.STORED))) {
            throw new IllegalStateException(event + ": " + outcomes);
          }
          print(Acknowledged.line(event));
          room.release();
        });
  }

  @SuppressWarnings("SystemOut")
  private static void print(String line) {
    System.out.println(line);
  }
}
