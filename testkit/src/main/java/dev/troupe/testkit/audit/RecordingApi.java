package dev.troupe.testkit.audit;

import dev.troupe.testkit.audit.Observation.EventType;
import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Listed;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.audit.Observation.Seen;
import dev.troupe.testkit.audit.Observation.WatchBegun;
import dev.troupe.testkit.audit.Observation.WatchSaw;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.ApiCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// Config maps with a label, each with a value and in a namespace that follows from its name,
/// through an [ApiCalls]; records what is done and seen. For any number of threads.
public final class RecordingApi {

  private static final AtomicInteger WATCHES = new AtomicInteger();
  private static final int FIRST_ERROR = 300;
  private static final int INTERNAL_ERROR = 500;
  private static final int TIMEOUT = 504;

  private final ApiCalls api;
  private final ClientHistory history;
  private final LongSupplier nanos;
  private final UnaryOperator<String> namespaces;
  private final String collection;
  private final String label;
  private final String filler;

  /// Those of one namespace.
  ///
  /// @param nanos a clock that only rises
  /// @param label what the objects are selected by; its value is `true`
  /// @param fillerBytes how much each object holds beside its value
  public RecordingApi(
      ApiCalls api,
      ClientHistory history,
      LongSupplier nanos,
      String namespace,
      String label,
      int fillerBytes) {
    this(
        api,
        history,
        nanos,
        "/api/v1/namespaces/" + namespace + "/configmaps",
        _ -> namespace,
        label,
        fillerBytes);
  }

  /// Those of many namespaces.
  ///
  /// @param namespaces the namespace of each name
  public static RecordingApi everywhere(
      ApiCalls api,
      ClientHistory history,
      LongSupplier nanos,
      UnaryOperator<String> namespaces,
      String label,
      int fillerBytes) {
    return new RecordingApi(
        api, history, nanos, "/api/v1/configmaps", namespaces, label, fillerBytes);
  }

  /// @param collection what is listed and watched
  private RecordingApi(
      ApiCalls api,
      ClientHistory history,
      LongSupplier nanos,
      String collection,
      UnaryOperator<String> namespaces,
      String label,
      int fillerBytes) {
    this.api = api;
    this.history = history;
    this.nanos = nanos;
    this.collection = collection;
    this.namespaces = namespaces;
    this.label = label;
    filler = "x".repeat(fillerBytes);
  }

  /// An operation and what came of it. If nobody answered, the server is probably gone.
  public record Done(Outcome outcome, int code, String value, long version) {}

  /// Whoever follows has to list anew.
  public static final class GonePositionException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private GonePositionException(String what) {
      super(what);
    }
  }

  public Done create(String key, String value) {
    return record(Kind.CREATE, key, value, 0, () -> api.post(objects(key), body(key, value, 0)));
  }

  public Done update(String key, String value, long precondition) {
    return record(
        Kind.UPDATE,
        key,
        value,
        precondition,
        () -> api.send("PUT", path(key), body(key, value, precondition), "application/json"));
  }

  public Done patch(String key, String value) {
    return record(
        Kind.PATCH,
        key,
        value,
        0,
        () -> api.patch(path(key), "{\"data\":{\"value\":\"" + value + "\"}}"));
  }

  public Done delete(String key) {
    return record(Kind.DELETE, key, "", 0, () -> api.delete(path(key)));
  }

  public Done get(String key) {
    return record(Kind.GET, key, "", 0, () -> api.get(path(key)));
  }

  private String objects(String key) {
    return "/api/v1/namespaces/" + namespaces.apply(key) + "/configmaps";
  }

  private String path(String key) {
    return objects(key) + "/" + key;
  }

  private Done record(
      Kind kind, String key, String value, long precondition, Supplier<Api.Answer> request) {
    long start = nanos.getAsLong();
    Done done;
    long end;
    try {
      var answer = request.get();
      end = nanos.getAsLong();
      done = done(answer);
    } catch (UncheckedIOException unanswered) {
      end = Long.MAX_VALUE;
      done = new Done(Outcome.UNKNOWN, 0, "", 0);
    }
    boolean read = kind == Kind.GET && done.outcome() == Outcome.DONE;
    history.add(
        new Operation(
            kind,
            key,
            read ? done.value() : value,
            precondition,
            start,
            done.outcome() == Outcome.UNKNOWN ? Long.MAX_VALUE : end,
            done.outcome(),
            done.code(),
            done.version()));
    return done;
  }

  private static Done done(Api.Answer answer) {
    if (answer.code() == TIMEOUT || answer.code() == INTERNAL_ERROR) {
      return new Done(Outcome.UNKNOWN, answer.code(), "", 0);
    }
    if (answer.code() >= FIRST_ERROR) {
      return new Done(Outcome.REFUSED, answer.code(), "", 0);
    }
    boolean object = answer.body().path("kind").asString("").equals("ConfigMap");
    return new Done(
        Outcome.DONE,
        answer.code(),
        object ? value(answer.body()) : "",
        object ? version(answer.body()) : 0);
  }

  /// Empty if nobody answered.
  public Optional<Listed> list() {
    long start = nanos.getAsLong();
    try {
      var answer = api.get(collection + selector());
      long end = nanos.getAsLong();
      if (answer.code() >= FIRST_ERROR) {
        throw new IllegalStateException("a list answered " + answer);
      }
      var objects = new HashMap<String, Seen>();
      for (var item : answer.body().path("items")) {
        objects.put(name(item), new Seen(value(item), version(item)));
      }
      var listed = new Listed(start, end, version(answer.body()), objects);
      history.add(listed);
      return Optional.of(listed);
    } catch (UncheckedIOException unanswered) {
      return Optional.empty();
    }
  }

  /// Follows the changes behind a version until a position is good enough, or the server ends the
  /// watch or dies.
  ///
  /// @return the position from which to go on
  /// @throws GonePositionException if the server says that what was behind the position is gone
  public long watch(long after, LongPredicate enough) {
    int watch = WATCHES.incrementAndGet();
    history.add(new WatchBegun(watch, after));
    long position = after;
    var query = selector() + "&watch=true&allowWatchBookmarks=true&timeoutSeconds=10";
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                api.watch(collection + query + "&resourceVersion=" + after),
                StandardCharsets.UTF_8))) {
      for (var line = lines.readLine();
          line != null && !enough.test(position);
          line = enough.test(position) ? null : lines.readLine()) {
        position = Math.max(position, saw(watch, Api.JSON.readTree(line)));
      }
    } catch (IOException | UncheckedIOException broken) {
      // The next watch goes on from here.
    } catch (Api.RefusedWatchException refused) {
      if (refused.isExpired()) {
        throw new GonePositionException(refused.toString());
      }
      throw refused;
    }
    return position;
  }

  private long saw(int watch, JsonNode event) {
    var type = event.path("type").asString();
    var object = event.path("object");
    if (type.equals("ERROR")) {
      throw new GonePositionException("the watch cannot be resumed: " + event);
    }
    long version = version(object);
    boolean bookmark = type.equals("BOOKMARK");
    history.add(
        new WatchSaw(
            watch,
            EventType.valueOf(type),
            bookmark ? null : name(object),
            bookmark ? "" : value(object),
            version,
            nanos.getAsLong()));
    return version;
  }

  private String selector() {
    return "?labelSelector=" + label + "%3Dtrue";
  }

  private String body(String key, String value, long version) {
    var object = Api.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    var metadata = object.putObject("metadata").put("name", key);
    metadata.putObject("labels").put(label, "true");
    if (version != 0) {
      metadata.put("resourceVersion", Long.toString(version));
    }
    object.putObject("data").put("value", value).put("filler", filler);
    return object.toString();
  }

  private static long version(JsonNode object) {
    return Long.parseLong(object.path("metadata").path("resourceVersion").asString());
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asString();
  }

  private static String value(JsonNode object) {
    return object.path("data").path("value").asString("");
  }
}
