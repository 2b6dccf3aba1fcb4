package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;

import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// A process of its own that takes a partition over and appends until it is fenced, or does not
/// know what became of an append. Prints what it has opened, and every version that was
/// acknowledged.
final class FightingMember {

  static final String OPENED = "opened ";
  static final String STORED = "stored ";
  static final String OVER = "over ";

  private static final int AT_ONCE = 16;

  private FightingMember() {}

  public static void main(String[] arguments) {
    var database = PostgresServer.settings(arguments[0]);
    try (var store = PostgresEventStore.open(database, InstantSource.fixed(NOW))) {
      var opened = await(store.open(PARTITION));
      print(OPENED + opened.epoch() + " " + opened.highestVersion());
      append(store, opened.epoch(), (opened.highestVersion() >>> 16) + 1);
    }
  }

  private static void append(PostgresEventStore store, long epoch, long first) {
    try {
      for (long n = first; ; n += AT_ONCE) {
        var answers = new ArrayList<CompletionStage<List<Outcome>>>();
        for (int i = 0; i < AT_ONCE; i++) {
          var event = created(PARTITION, epoch, n + i, "pod-" + epoch + "-" + (n + i));
          answers.add(
              store
                  .append(List.of(group(event)))
                  .whenComplete((outcomes, _) -> {
                    if (List.of(Outcome.STORED).equals(outcomes)) {
                      print(STORED + event.version());
                    }
                  }));
        }
        for (var answer : answers) {
          if (await(answer).getFirst() == Outcome.FENCED) {
            print(OVER + "fenced");
            return;
          }
        }
      }
    } catch (StoreException unknown) {
      print(OVER + unknown.getMessage());
    }
  }

  @SuppressWarnings("SystemOut")
  private static void print(String line) {
    System.out.println(line);
  }
}
