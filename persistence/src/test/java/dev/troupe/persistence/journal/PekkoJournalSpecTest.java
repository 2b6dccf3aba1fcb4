package dev.troupe.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.persistence.embedded.EmbeddedEventStore;
import dev.troupe.persistence.embedded.EmbeddedSettings;
import dev.troupe.persistence.postgresql.PostgresServer;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The journal passes Pekko's tests of journals, but for what the event store does not do by
/// design.
class PekkoJournalSpecTest {

  /// Events are deleted by retention, never by the actor that wrote them: what an actor deleted
  /// would be missing from the history and from watches. Asking for it fails, and changes nothing.
  private static final Set<String> DELETIONS =
      Set.of(
          "A journal must not replay permanently deleted messages (range deletion)",
          "A journal must not reset highestSequenceNr after message deletion",
          "A journal must not reset highestSequenceNr after journal cleanup");

  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> onTheEmbeddedStore() {
    try (var store =
        EmbeddedEventStore.open(
            directory,
            new EmbeddedSettings(1 << 20, 1 << 16, 1_000, 1 << 30),
            InstantSource.system(),
            _ -> {})) {
      return results(store);
    }
  }

  @TestFactory
  Stream<DynamicTest> onPostgresql() {
    try (var store = PostgresServer.newStore("18", InstantSource.system())) {
      return results(store);
    }
  }

  @TestFactory
  Stream<DynamicTest> onTheStoreInMemory() {
    try (var store = new InMemoryEventStore(InstantSource.system())) {
      return results(store);
    }
  }

  private static Stream<DynamicTest> results(EventStore store) {
    var results = new PekkoJournalSpec(store).results();
    assertThat(results)
        .as("Pekko's tests")
        .hasSizeGreaterThan(14)
        .containsKeys(DELETIONS.toArray(String[]::new));
    return results.entrySet().stream()
        .map(test -> {
          var messages = test.getValue();
          return DELETIONS.contains(test.getKey())
              ? DynamicTest.dynamicTest(
                  test.getKey() + ": refused",
                  () -> assertThat(messages.toString()).contains("DeleteMessagesFailure"))
              : DynamicTest.dynamicTest(
                  test.getKey(), () -> Assertions.assertEquals("[]", messages.toString()));
        });
  }
}
