package dev.troupe.controllerhost.member;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.EmbeddedEventStore;
import dev.troupe.persistence.embedded.EmbeddedSettings;
import dev.troupe.persistence.postgresql.PostgresEventStore;
import dev.troupe.persistence.postgresql.PostgresSettings;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A store that keeps what controllers have decided, and nothing of the objects that they decided
/// on: of those it is not known what has happened to them since a position.
record ControllerStore(EventStore store) implements EventStore {

  private static final Logger LOG = LoggerFactory.getLogger(ControllerStore.class);
  private static final String JOURNAL = "journal";
  private static final String URL = "troupe.store.postgresql.url";
  private static final long AGAIN_MILLIS = 1_000;

  /// @param ended is told if it is lost
  static EventStore inDirectory(Path data, Config profile, Consumer<StoreException> ended) {
    try {
      Files.createDirectories(data);
      return new ControllerStore(
          EmbeddedEventStore.open(
              data.resolve(JOURNAL),
              EmbeddedSettings.from(profile),
              InstantSource.system(),
              ended));
    } catch (IOException | StoreException failure) {
      throw new CannotRunException(
          "decisions cannot be kept in " + data + ": " + failure.getMessage(), failure);
    }
  }

  /// Waits as long as another process has the database.
  ///
  /// @param ended is told if it is lost, or another has taken it
  static EventStore shared(String url, Config profile, Consumer<StoreException> ended) {
    var settings =
        PostgresSettings.from(
            ConfigFactory.parseMap(Map.of(URL, url)).withFallback(profile).resolve());
    for (boolean first = true; ; first = false) {
      try {
        return new ControllerStore(
            PostgresEventStore.openAlone(settings, InstantSource.system(), ended));
      } catch (StoreException.InUseException busy) {
        if (first) {
          LOG.info("stands by: {}", busy.getMessage());
        }
        pause();
      } catch (StoreException failure) {
        throw new CannotRunException("decisions cannot be kept: " + failure.getMessage(), failure);
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(AGAIN_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CannotRunException("stopped while another process runs the controllers", stopped);
    }
  }

  @Override
  public CompletionStage<Tail> tail(TypeRef collection, long after, Most most) {
    return collection.group().equals(PartitionId.CONTROLLERS)
        ? store.tail(collection, after, most)
        : CompletableFuture.completedStage(Tail.empty(Long.MAX_VALUE));
  }

  @Override
  public CompletionStage<Opened> open(PartitionId partition) {
    return store.open(partition);
  }

  @Override
  public CompletionStage<Void> close(PartitionId partition, long epoch, boolean served) {
    return store.close(partition, epoch, served);
  }

  @Override
  public CompletionStage<Void> close(
      PartitionId partition, long epoch, boolean served, Map<String, byte[]> facts) {
    return store.close(partition, epoch, served, facts);
  }

  @Override
  public CompletionStage<List<Outcome>> append(List<Group> groups) {
    return store.append(groups);
  }

  @Override
  public CompletionStage<Long> scan(
      PartitionId partition, long atVersion, Consumer<EventRecord> each) {
    return store.scan(partition, atVersion, each);
  }

  @Override
  public CompletionStage<List<EventRecord>> history(ResourceKey key, Most most) {
    return store.history(key, most);
  }

  @Override
  public CompletionStage<Void> prune(Retention retention) {
    return store.prune(retention);
  }

  @Override
  public CompletionStage<Integer> partitions(TypeRef collection, int wanted) {
    return store.partitions(collection, wanted);
  }

  @Override
  public boolean isCurrent() {
    return store.isCurrent();
  }

  @Override
  public Optional<String> trouble() {
    return store.trouble();
  }

  @Override
  public Optional<Commits> recentCommits() {
    return store.recentCommits();
  }

  @Override
  public void close() {
    store.close();
  }
}
