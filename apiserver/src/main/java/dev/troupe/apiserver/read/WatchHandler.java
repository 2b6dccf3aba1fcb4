package dev.troupe.apiserver.read;

import dev.troupe.api.resource.Version;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.conversion.VersionedResources;
import dev.troupe.apiserver.options.ListOptions;
import dev.troupe.apiserver.options.PastMoment;
import dev.troupe.apiserver.request.MediaType;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Format;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.apiserver.watch.Watches;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Begins a watch.
public final class WatchHandler implements VerbHandler {

  private final VersionedResources versions;
  private final Watches watches;
  private final InstantSource clock;

  public WatchHandler(VersionedResources versions, Watches watches, InstantSource clock) {
    this.versions = versions;
    this.watches = watches;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var query = ask.request().query();
    var past = PastMoment.version(query);
    var since = PastMoment.since(query);
    var options = ListOptions.parse(query, true);
    var selection = ask.selection(options);
    var representation = streamed(ask);
    var what =
        new Watches.What(
            versions.seen(ask.endpoint()),
            ask.endpoint().type().ref(),
            ask.namespace(),
            selection,
            ask.form(representation, clock),
            options.allowBookmarks(),
            options.timeoutSeconds());
    var wanted = ResourceReader.query(ask, selection);
    String type = representation.streamType();
    if (past != null) {
      return ask.call()
          .then(
              ResourceReader.of(ask, versions).exactly(wanted, past),
              state -> answer(type, watches.from(what, state)));
    }
    Long asked = since == null ? options.resourceVersion() : since;
    return source(ask, what, wanted, options, asked == null ? 0 : asked)
        .thenApply(source -> answer(type, source));
  }

  /// @param version from which on; 0 for whatever there is
  private CompletionStage<Answer.Source> source(
      Ask ask, Watches.What what, ListQuery wanted, ListOptions options, long version) {
    boolean fromNow = version == 0;
    boolean initialGiven = ask.request().query().optionalFlag("sendInitialEvents") != null;
    boolean initial = initialGiven ? options.sendInitialEvents() : fromNow;
    if (!fromNow && !initial && !isAhead(version)) {
      return CompletableFuture.completedFuture(watches.after(what, version));
    }
    return ask.call()
        .then(
            list(ask, wanted, version),
            state -> {
              if (initial) {
                return watches.from(what, state);
              }
              state.close();
              return watches.after(what, fromNow ? state.version() : version);
            });
  }

  private CompletionStage<ListCursor> list(Ask ask, ListQuery query, long version) {
    var resources = ResourceReader.of(ask, versions);
    return version == 0 ? resources.newest(query) : resources.notOlder(ask.call(), query, version);
  }

  /// Whether the clock has not come to where the watch shall begin: then it is worth asking whether
  /// there is such a version.
  private boolean isAhead(long version) {
    return Version.millis(version) > clock.millis();
  }

  private static Answer answer(String type, Answer.Source source) {
    return new Answer.Streaming(type, source);
  }

  /// Events are JSON or protobuf, one behind the other. The frames of a WebSocket are text.
  private static Representation streamed(Ask ask) {
    boolean frames = "websocket".equalsIgnoreCase(ask.request().text("upgrade"));
    var asked = frames ? ask.text() : ask.representation();
    if (asked.format() == Format.YAML) {
      throw new RefusedException(
          Refusals.notAcceptable(List.of(MediaType.JSON, MediaType.PROTOBUF + ";stream=watch")));
    }
    return new Representation(
        asked.format(), false, asked.shape(), asked.version(), asked.objects());
  }
}
