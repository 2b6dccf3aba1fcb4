package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.contract.Events.updated;

import dev.troupe.persistence.embedded.files.DiskFiles;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// A process of its own that appends until it is killed, and prints every append that was
/// acknowledged: see [Acknowledged].
final class Appender {

  private static final int RESOURCES = 50;
  private static final int IN_FLIGHT = 32;

  private Appender() {}

  public static void main(String[] arguments) throws InterruptedException {
    var store = TestStores.open(Path.of(arguments[0]), KillTest.SETTINGS, new DiskFiles());
    var opened = await(store.open(PARTITION));
    print(Acknowledged.line(opened));
    Map<String, Long> sequences = new ConcurrentHashMap<>();
    await(
        store.scan(
            PARTITION,
            Long.MAX_VALUE,
            (EventRecord event) -> sequences.put(event.key().name(), event.sequence())));
    var room = new Semaphore(IN_FLIGHT);
    long millis = opened.highestVersion() >>> 16;
    for (int i = 0; ; i++) {
      room.acquire();
      var name = "r-" + i % RESOURCES;
      long sequence = sequences.merge(name, 1L, Long::sum);
      var event = updated(PARTITION, opened.epoch(), ++millis, name, sequence);
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
  }

  @SuppressWarnings("SystemOut")
  private static void print(String line) {
    System.out.println(line);
  }
}
