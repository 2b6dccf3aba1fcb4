package dev.troupe.persistence.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.EmbeddedEventStore;
import dev.troupe.persistence.embedded.EmbeddedSettings;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.ArchivedEntry.Event;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A backup of every format that was ever written is restored for ever: the files never change. A
/// new format gets a file of its own, made by running with `-Dtroupe.golden.write=true`.
class GoldenBackupTest {

  private static final Path FILES = Path.of("src/test/resources/golden");
  private static final EmbeddedSettings SETTINGS =
      new EmbeddedSettings(1 << 16, 1 << 12, 1_000, 1 << 20);

  private static final TypeRef SETS = new TypeRef("apps", "replicasets");
  private static final PartitionId PARTITION = new PartitionId(SETS, 1);
  private static final ResourceKey WEB = new ResourceKey(SETS, "default", "web-1");
  private static final ResourceKey OLD = new ResourceKey(SETS, "größe", "old");

  private static final EventRecord CREATED =
      event(WEB, 42L << 16 | 1, 0, 1, EventRecord.Type.CREATED, "{\"kind\":\"ReplicaSet\"}");
  private static final EventRecord DELETED =
      event(OLD, 43L << 16 | 1, 41L << 16 | 1, 7, EventRecord.Type.DELETED, "");

  /// What is written now.
  private static final String PRESENT = "backup.2";

  private static List<ArchivedEntry> entries(boolean openUnclean, boolean closedUnclean) {
    return List.of(
        new Event(CREATED),
        new Event(DELETED),
        new PartitionState(
            PARTITION, 9, true, openUnclean, 43L << 16 | 1, Map.of("ceiling", new byte[] {1, 2})),
        new PartitionState(new PartitionId(SETS, 0), 1, false, closedUnclean, 0, Map.of()),
        new CollectionState(SETS, 2, 40L << 16));
  }

  /// What a golden file holds.
  private static List<ArchivedEntry> entries(String name) {
    return switch (name) {
      case "backup.1" -> entries(true, false);
      case PRESENT -> entries(false, true);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static EventRecord event(
      ResourceKey key,
      long version,
      long previous,
      long sequence,
      EventRecord.Type type,
      String body) {
    return new EventRecord(
        PARTITION,
        9,
        version,
        previous,
        sequence,
        type,
        key,
        "3d6c6f0e-5d4c-4f0a-9d2b-0d1f3c5b7a99",
        body.getBytes(UTF_8),
        Map.of("app", "web"),
        Map.of("metadata.name", key.name()),
        WriteCause.controller(
            "deployment", "scale up", new ResourceKey(SETS, "default", "web"), 41L << 16),
        "deployment/web/3",
        1_769_000_000_123L);
  }

  @BeforeAll
  static void writeIfAsked() throws IOException {
    if (Boolean.getBoolean("troupe.golden.write") && !Files.exists(FILES.resolve(PRESENT))) {
      Files.write(FILES.resolve(PRESENT), written());
    }
  }

  private static byte[] written() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var writer = new BackupWriter(bytes);
    for (var entry : entries(PRESENT)) {
      writer.write(entry);
    }
    writer.finish();
    return bytes.toByteArray();
  }

  private static BackupReader golden(String name) throws IOException {
    return new BackupReader(
        new ByteArrayInputStream(Files.readAllBytes(FILES.resolve(name))), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup.1", PRESENT})
  void goldenBackupIsReadAsItWasWritten(String name) throws IOException {
    var entries = new ArrayList<ArchivedEntry>();

    golden(name).forEachRemaining(entries::add);

    assertThat(entries).usingRecursiveComparison().isEqualTo(entries(name));
  }

  @Test
  void presentFormatIsThatOfTheGoldenBackup() throws IOException {
    assertThat(written()).isEqualTo(Files.readAllBytes(FILES.resolve(PRESENT)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup.1", PRESENT})
  void goldenBackupFillsAStore(String name, @TempDir Path directory) throws IOException {
    try (var store =
        EmbeddedEventStore.open(
            directory, SETTINGS, InstantSource.system(), failure -> failed(failure))) {
      assertThat(Backups.restore(golden(name), store, new NewIncarnation(0)))
          .isEqualTo(entries(name).size());

      assertThat(store.history(WEB, 10).toCompletableFuture().join()).containsExactly(CREATED);
      assertThat(store.history(OLD, 10).toCompletableFuture().join()).containsExactly(DELETED);
      var opened = store.open(PARTITION).toCompletableFuture().join();
      assertThat(opened.epoch()).isEqualTo(10);
      assertThat(opened.highestVersion()).isEqualTo(DELETED.version());
      assertThat(opened.facts()).containsOnlyKeys("ceiling");
      assertThat(store.partitions(SETS, 2).toCompletableFuture().join()).isEqualTo(2);
    }
  }

  private static void failed(Exception failure) {
    throw new AssertionError(failure);
  }
}
