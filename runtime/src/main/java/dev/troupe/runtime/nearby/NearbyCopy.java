package dev.troupe.runtime.nearby;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.resource.StoredResource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One attempt to have a collection at hand: listed once, and kept up to date by a watch until that
/// ends.
///
/// It is trusted for some time after a moment at which the owners of all partitions had nothing
/// that is not in it. Whoever closes a namespace keeps it closed for longer than that, so that
/// nothing gets in by a copy that does not know of it.
final class NearbyCopy implements Flow.Subscriber<WatchItem> {

  private static final long NEVER = Long.MIN_VALUE;

  private final long mostBytes;
  private final Map<ResourceKey, StoredResource> resources = new ConcurrentHashMap<>();

  private long bytes;
  private long version;
  private boolean listed;
  private Flow.@Nullable Subscription watch;
  private @Nullable String end;

  /// What the owners had when they were asked, and when that was; 0 if it is not waited for.
  private long awaited;

  private long awaitedSince;

  private volatile long completeAtMillis = NEVER;

  /// @param mostBytes of all contents; a larger collection is not kept at hand
  NearbyCopy(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /// Takes one of those that are listed.
  synchronized void listed(StoredResource resource) {
    if (end == null) {
      put(resource);
    }
  }

  /// All that there was up to a version has been taken.
  synchronized void listed(long all) {
    listed = true;
    reach(all);
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription subscription) {
    watch = subscription;
    if (end == null) {
      subscription.request(Long.MAX_VALUE);
    } else {
      subscription.cancel();
    }
  }

  @Override
  public synchronized void onNext(WatchItem item) {
    if (end != null) {
      return;
    }
    if (item instanceof WatchItem.Changed change) {
      switch (change.type()) {
        case ADDED, MODIFIED -> put(change.resource());
        case DELETED -> forget(change.resource().key());
      }
    }
    reach(item.version());
  }

  private void put(StoredResource resource) {
    forget(resource.key());
    resources.put(resource.key(), resource);
    bytes += resource.size();
    if (bytes > mostBytes) {
      end("it has more than " + mostBytes + " bytes");
    }
  }

  private void forget(ResourceKey key) {
    var former = resources.remove(key);
    if (former != null) {
      bytes -= former.size();
    }
  }

  private void reach(long reached) {
    version = Math.max(version, reached);
    if (awaited != 0 && version >= awaited) {
      complete(awaitedSince);
      awaited = 0;
    }
  }

  /// The owners say how far they are.
  ///
  /// @param newest the highest version of theirs
  /// @param askedAtMillis when they were asked
  synchronized void owners(long newest, long askedAtMillis) {
    if (listed && version >= newest) {
      complete(askedAtMillis);
    } else {
      awaited = newest;
      awaitedSince = askedAtMillis;
    }
  }

  private void complete(long atMillis) {
    if (end == null) {
      completeAtMillis = Math.max(completeAtMillis, atMillis);
    }
  }

  @Override
  public void onError(Throwable failure) {
    end(String.valueOf(failure.getMessage()));
  }

  @Override
  public void onComplete() {
    end("its watch has ended");
  }

  /// It is of no use any more.
  synchronized void end(String why) {
    if (end == null) {
      end = why;
      completeAtMillis = NEVER;
      resources.clear();
      if (watch != null) {
        watch.cancel();
      }
    }
  }

  /// Why it is of no use any more; null if it is, or may become so.
  synchronized @Nullable String ended() {
    return end;
  }

  /// Whether nothing was missing at some moment from then on.
  boolean isCompleteSince(long thenMillis) {
    return completeAtMillis >= thenMillis;
  }

  Optional<StoredResource> find(ResourceKey key) {
    return Optional.ofNullable(resources.get(key));
  }

  Stream<StoredResource> all() {
    return resources.values().stream();
  }
}
