package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PODS;

import dev.troupe.persistence.embedded.files.DiskFiles;
import dev.troupe.persistence.embedded.files.FileAccess;
import dev.troupe.persistence.embedded.log.Segment;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// Small stores for tests.
final class TestStores {

  static final int SEGMENT = 1 << 14;

  /// Reads logs whole.
  static final EmbeddedSettings WHOLE = new EmbeddedSettings(SEGMENT, 1 << 12, 1_000, 1 << 30);

  /// Reads little more than what the index does not have, as soon as there are some segments.
  static final EmbeddedSettings TAIL = new EmbeddedSettings(SEGMENT, 1 << 12, 1_000, 2 * SEGMENT);

  private TestStores() {}

  static EmbeddedEventStore open(Path directory) {
    return open(directory, WHOLE, new DiskFiles());
  }

  static EmbeddedEventStore open(Path directory, EmbeddedSettings settings, FileAccess files) {
    return EmbeddedEventStore.open(directory, settings, InstantSource.fixed(NOW), _ -> {}, files);
  }

  static List<EventRecord> events(EmbeddedEventStore store) {
    return await(store.tail(PODS, 0, EventStore.Most.of(Integer.MAX_VALUE))).events();
  }

  static List<String> names(EmbeddedEventStore store) {
    return events(store).stream().map(event -> event.key().name()).toList();
  }

  /// A copy of the log, that has to make its index from it.
  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  static long lastSegment(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(Segment.ENDING)).count();
    }
  }

  static Path segment(Path directory, long number) {
    return directory.resolve(Segment.fileName(number));
  }
}
