package dev.troupe.apiserver.read;

import dev.troupe.api.resource.Version;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.options.ListOptions;
import dev.troupe.apiserver.request.MediaType;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Format;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.apiserver.watch.Watches;
import dev.troupe.runtime.collection.Snapshot;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Begins a watch.
public final class WatchHandler implements VerbHandler {

  private final SnapshotReader snapshots;
  private final Watches watches;
  private final InstantSource clock;

  public WatchHandler(SnapshotReader snapshots, Watches watches, InstantSource clock) {
    this.snapshots = snapshots;
    this.watches = watches;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var options = ListOptions.parse(ask.request().query(), true);
    var selection = ask.selection(options);
    var representation = streamed(ask.representation());
    var what =
        new Watches.What(
            ask.endpoint().type().ref(),
            ask.namespace(),
            selection,
            ask.form(representation, clock),
            options.allowBookmarks(),
            options.timeoutSeconds());
    Long asked = options.resourceVersion();
    long version = asked == null ? 0 : asked;
    boolean fromNow = version == 0;
    boolean initialGiven = ask.request().query().optionalFlag("sendInitialEvents") != null;
    boolean initial = initialGiven ? options.sendInitialEvents() : fromNow;
    if (!fromNow && !initial && !isAhead(version)) {
      return CompletableFuture.completedFuture(answer(watches.after(what, version)));
    }
    return ask.call()
        .then(
            snapshot(ask, version),
            state ->
                answer(
                    initial
                        ? watches.from(what, state)
                        : watches.after(what, fromNow ? state.version() : version)));
  }

  private CompletionStage<Snapshot> snapshot(Ask ask, long version) {
    var type = ask.endpoint().type().ref();
    return version == 0
        ? snapshots.newest(type, ask.namespace())
        : snapshots.notOlder(ask.call(), type, ask.namespace(), version);
  }

  /// Whether the clock has not come to where the watch shall begin: then it is worth asking whether
  /// there is such a version.
  private boolean isAhead(long version) {
    return Version.millis(version) > clock.millis();
  }

  private static Answer answer(Answer.Source source) {
    return new Answer.Streaming(MediaType.JSON, source);
  }

  /// Events are JSON, one behind the other.
  private static Representation streamed(Representation asked) {
    if (asked.format() != Format.JSON) {
      throw new RefusedException(Refusals.notAcceptable(List.of(MediaType.JSON)));
    }
    return new Representation(Format.JSON, false, asked.shape(), asked.version(), asked.objects());
  }
}
