package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.contract.Events.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.persistence.backup.Archivable;
import dev.troupe.persistence.backup.BackupReader;
import dev.troupe.persistence.backup.Backups;
import dev.troupe.persistence.backup.NewIncarnation;
import dev.troupe.persistence.embedded.EmbeddedEventStore;
import dev.troupe.persistence.embedded.EmbeddedSettings;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A backup of one engine restored into another, there and back.
class MoveTest {

  @TempDir private Path directory;

  private EmbeddedEventStore embedded(String name) {
    return EmbeddedEventStore.open(
        directory.resolve(name),
        new EmbeddedSettings(1 << 20, 1 << 16, 1_000, 1 << 30),
        InstantSource.fixed(NOW),
        _ -> {});
  }

  private static void move(Archivable from, Archivable to) throws IOException {
    var bytes = new ByteArrayOutputStream();
    Backups.write(from, bytes);
    var backup = new BackupReader(new ByteArrayInputStream(bytes.toByteArray()), "backup");
    Backups.restore(backup, to, new NewIncarnation(0));
  }

  private static List<EventRecord> events(EventStore store) {
    return await(store.tail(PODS, 0, EventStore.Most.of(10_000))).events();
  }

  @Test
  void everythingArrivesInTheOtherEngineAndComesBack() throws IOException {
    try (var first = embedded("first");
        var second =
            PostgresEventStore.open(PostgresServer.of("18").database(), InstantSource.fixed(NOW));
        var third = embedded("third")) {
      await(first.open(PARTITION));
      for (int n = 1; n <= 500; n++) {
        await(
            first.append(
                List.of(
                    group(
                        created(PARTITION, 1, 2L * n, "pod-" + n),
                        updated(PARTITION, 1, 2L * n + 1, "pod-" + n, 2)))));
      }

      move(first, second);
      move(second, third);

      assertThat(events(second)).hasSize(1_000).isEqualTo(events(first));
      assertThat(events(third)).isEqualTo(events(first));
      assertThat(await(third.open(PARTITION)))
          .usingRecursiveComparison()
          .ignoringFields("clean")
          .isEqualTo(await(first.open(PARTITION)));
    }
  }
}
