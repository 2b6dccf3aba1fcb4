package dev.troupe.runtime.collection;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.runtime.resource.WriteReply;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The highest version of each collection that this member has shown to anybody. What is written
/// afterwards gets a higher one, whichever partition it goes to. One partition alone sees to that
/// itself.
public final class SeenVersions {

  private final Map<TypeRef, LongAccumulator> bySplitCollection = new ConcurrentHashMap<>();
  private final Placement placement;

  public SeenVersions(Placement placement) {
    this.placement = placement;
  }

  private @Nullable LongAccumulator highest(TypeRef collection) {
    if (!placement.isSplit(collection)) {
      return null;
    }
    var known = bySplitCollection.get(collection);
    return known == null
        ? bySplitCollection.computeIfAbsent(
            collection, _ -> new LongAccumulator(Math::max, Version.NONE))
        : known;
  }

  /// [Version#NONE] if it does not matter.
  public long of(TypeRef collection) {
    var highest = highest(collection);
    return highest == null ? Version.NONE : highest.get();
  }

  /// Takes note of what an answer is going to show.
  public void show(TypeRef collection, WriteReply reply) {
    var highest = highest(collection);
    if (highest != null) {
      switch (reply) {
        case WriteReply.Written written -> highest.accumulate(written.version());
        case WriteReply.Removed removed -> highest.accumulate(removed.version());
        case WriteReply.Refused _ -> {}
      }
    }
  }

  /// The same of a version by itself.
  public void show(TypeRef collection, long version) {
    var highest = highest(collection);
    if (highest != null) {
      highest.accumulate(version);
    }
  }

  /// The same of what is watched in one partition. Where several are merged each has promised to
  /// have nothing more below what is shown.
  public Flow.Publisher<WatchItem> show(TypeRef collection, Flow.Publisher<WatchItem> watch) {
    var highest = highest(collection);
    return highest == null
        ? watch
        : subscriber -> watch.subscribe(new Showing(highest, subscriber));
  }

  private record Showing(LongAccumulator highest, Flow.Subscriber<? super WatchItem> subscriber)
      implements Flow.Subscriber<WatchItem> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(WatchItem item) {
      highest.accumulate(item.version());
      subscriber.onNext(item);
    }

    @Override
    public void onError(Throwable failure) {
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }

  /// The same of what is read.
  public <T> CompletionStage<T> show(
      TypeRef collection, CompletionStage<T> shown, ToLongFunction<T> version) {
    var highest = highest(collection);
    return highest == null
        ? shown
        : shown.thenApply(what -> {
          highest.accumulate(version.applyAsLong(what));
          return what;
        });
  }
}
