package dev.troupe.clusterconfig.assembly;

import dev.troupe.api.controller.PodLogs;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.WatchItem;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The logs of pods on simulated nodes: told by their status, which is all there is to tell.
final class SimulatedLogs implements PodLogs {

  private static final TypeRef PODS = TypeRef.core("pods");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Resources resources;
  private final Executor threads;

  SimulatedLogs(Resources resources, Executor threads) {
    this.resources = resources;
    this.threads = threads;
  }

  @Override
  public Flow.Publisher<Line> read(Query query) {
    return subscriber -> {
      var lines = new SubmissionPublisher<Line>(threads, Flow.defaultBufferSize());
      lines.subscribe(subscriber);
      resources
          .snapshot(PODS, query.namespace())
          .thenAcceptAsync(snapshot -> tell(query, snapshot, lines), threads)
          .exceptionally(failure -> {
            lines.closeExceptionally(failure.getCause() == null ? failure : failure.getCause());
            return null;
          });
    };
  }

  private void tell(Query query, Snapshot snapshot, SubmissionPublisher<Line> lines) {
    var story =
        snapshot
            .get(query.namespace(), query.pod())
            .flatMap(pod ->
                ContainerStory.of(JSON.readTree(pod.json()), query.container(), query.previous()))
            .orElseThrow(() -> new NoSuchContainerException(missing(query)));
    wanted(query, story.lines()).forEach(lines::submit);
    if (!query.follow() || query.previous() || story.isOver()) {
      lines.close();
    } else {
      resources
          .watch(PODS, snapshot.version())
          .subscribe(new Follower(query, story.lines().size(), lines));
    }
  }

  private static String missing(Query query) {
    return query.previous()
        ? "previous terminated container \"%s\" in pod \"%s\" not found"
            .formatted(query.container(), query.pod())
        : "container \"%s\" in pod \"%s\" is waiting to start"
            .formatted(query.container(), query.pod());
  }

  private static List<Line> wanted(Query query, List<Line> all) {
    var since = query.since();
    var recent =
        since == null ? all : all.stream().filter(line -> !line.time().isBefore(since)).toList();
    var tail = query.tailLines();
    return tail == null || tail >= recent.size()
        ? recent
        : recent.subList(recent.size() - tail, recent.size());
  }

  /// Waits until the container ends, tells that, and ends as well.
  private static final class Follower implements Flow.Subscriber<WatchItem> {

    private final Query query;
    private final int told;
    private final SubmissionPublisher<Line> lines;
    private Flow.@Nullable Subscription subscription;

    Follower(Query query, int told, SubmissionPublisher<Line> lines) {
      this.query = query;
      this.told = told;
      this.lines = lines;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
      subscription = to;
      to.request(1);
    }

    @Override
    public void onNext(WatchItem item) {
      if (!lines.hasSubscribers() || isEnd(item)) {
        cancel();
        lines.close();
      } else if (subscription != null) {
        subscription.request(1);
      }
    }

    private boolean isEnd(WatchItem item) {
      if (!(item instanceof WatchItem.Changed change)
          || !change.resource().key().name().equals(query.pod())
          || !change.resource().key().namespace().equals(query.namespace())) {
        return false;
      }
      return change.type() == WatchItem.Type.DELETED
          || ended(JSON.readTree(change.resource().json()));
    }

    /// Also if it runs again already: then this run is the previous one.
    private boolean ended(JsonNode pod) {
      var over =
          ContainerStory.of(pod, query.container(), false)
              .filter(ContainerStory::isOver)
              .or(() -> ContainerStory.of(pod, query.container(), true));
      over.ifPresent(story -> story.lines().stream().skip(told).forEach(lines::submit));
      return over.isPresent();
    }

    private void cancel() {
      if (subscription != null) {
        subscription.cancel();
      }
    }

    @Override
    public void onError(Throwable failure) {
      lines.closeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      lines.close();
    }
  }
}
