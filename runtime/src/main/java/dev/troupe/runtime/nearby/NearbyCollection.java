package dev.troupe.runtime.nearby;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.Pull;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One small collection, at hand for as long as that can be had, and tried anew when it ends.
final class NearbyCollection {

  /// For how long a copy is trusted after it was complete: a namespace is kept closed for two
  /// minutes, and no write waits for one.
  static final Duration TRUST = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(NearbyCollection.class);
  private static final long MOST_BYTES = 16L << 20;
  private static final Duration BEFORE_AGAIN = Duration.ofSeconds(1);
  private static final Duration LONGEST_BEFORE_AGAIN = Duration.ofSeconds(30);

  private final TypeRef type;
  private final Resources resources;
  private final Supplier<CompletionStage<Long>> newest;
  private final InstantSource time;

  private volatile @Nullable NearbyCopy copy;
  private long tryAt;
  private Duration pause = BEFORE_AGAIN;

  /// @param newest asks the owners of all partitions for the newest version that each has
  NearbyCollection(
      TypeRef type,
      Resources resources,
      Supplier<CompletionStage<Long>> newest,
      InstantSource time) {
    this.type = type;
    this.resources = resources;
    this.newest = newest;
    this.time = time;
  }

  /// The copy, if it can be trusted now.
  Optional<NearbyCopy> trusted() {
    var present = copy;
    return present != null && present.isCompleteSince(time.millis() - TRUST.toMillis())
        ? Optional.of(present)
        : Optional.empty();
  }

  /// Time goes by. To be called about once a second, by one thread at a time.
  void look() {
    var present = copy;
    if (present != null && present.ended() == null) {
      ask(present);
    } else if (time.millis() >= tryAt) {
      if (present != null) {
        LOG.debug("{} is not at hand any more: {}", type, present.ended());
      }
      begin();
    }
  }

  private void ask(NearbyCopy present) {
    if (trusted().isPresent()) {
      pause = BEFORE_AGAIN;
    }
    long now = time.millis();
    var _ = newest.get().thenAccept(version -> present.owners(version, now));
  }

  private void begin() {
    var next = new NearbyCopy(MOST_BYTES);
    copy = next;
    tryAt = time.millis() + pause.toMillis();
    pause = pause.multipliedBy(2);
    if (pause.compareTo(LONGEST_BEFORE_AGAIN) > 0) {
      pause = LONGEST_BEFORE_AGAIN;
    }
    var _ =
        resources
            .list(ListQuery.of(type, null))
            .thenCompose(list -> take(list, next))
            .exceptionally(failure -> {
              next.end(String.valueOf(failure));
              return null;
            });
  }

  private CompletionStage<Void> take(ListCursor list, NearbyCopy next) {
    long version = list.version();
    return new Pull(list)
        .each(() -> next.ended() == null, next::listed, Runnable::run)
        .thenAccept(_ -> {
          list.close();
          if (next.ended() != null) {
            return;
          }
          next.listed(version);
          resources.watch(type, null, version).subscribe(next);
          ask(next);
        });
  }
}
