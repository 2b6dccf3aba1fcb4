package dev.troupe.testkit.audit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that a client did or saw. Times are nanoseconds of one clock that only rises; versions
/// are resource versions. All objects are of one collection.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Observation.Operation.class, name = "operation"),
  @JsonSubTypes.Type(value = Observation.Listed.class, name = "listed"),
  @JsonSubTypes.Type(value = Observation.WatchBegun.class, name = "watchBegun"),
  @JsonSubTypes.Type(value = Observation.WatchSaw.class, name = "watchSaw"),
  @JsonSubTypes.Type(value = Observation.ServerEnded.class, name = "serverEnded")
})
public sealed interface Observation {

  enum Kind {
    CREATE,
    /// Replaces an object of one version.
    UPDATE,
    /// Changes an object, whatever its version.
    PATCH,
    DELETE,
    GET
  }

  /// What came of an operation.
  enum Outcome {
    DONE,
    /// The server says that it did nothing.
    REFUSED,
    /// No answer, or one that leaves it open.
    UNKNOWN
  }

  /// @param key of the object
  /// @param value what a write writes, different for every write; what a read that is done has read
  /// @param precondition the version that an update demands; 0 for all others
  /// @param end when the answer came, or up to when it can have taken effect if none did;
  ///   [Long#MAX_VALUE] if nobody knows
  /// @param code of the answer; 0 if none came
  /// @param version of the object after a write that is done, or of what was read; 0 where the
  ///   answer does not say
  record Operation(
      Kind kind,
      String key,
      String value,
      long precondition,
      long start,
      long end,
      Outcome outcome,
      int code,
      long version)
      implements Observation {

    boolean isWrite() {
      return kind != Kind.GET;
    }

    /// The same, if it is over by `latest`.
    Operation endedBy(long latest) {
      return new Operation(kind, key, value, precondition, start, latest, outcome, code, version);
    }

    @Override
    public String toString() {
      return kind
          + " "
          + key
          + (value.isEmpty() ? "" : "=" + value)
          + (precondition == 0 ? "" : " if at " + precondition)
          + " -> "
          + outcome
          + (code == 0 ? "" : " " + code)
          + (version == 0 ? "" : " @" + version)
          + " ["
          + start
          + ", "
          + (end == Long.MAX_VALUE ? "…" : end)
          + "]";
    }
  }

  /// An object as it was seen.
  record Seen(String value, long version) {}

  /// A list of all objects.
  ///
  /// @param version of the list
  record Listed(long start, long end, long version, Map<String, Seen> objects)
      implements Observation {

    public Listed {
      objects = Map.copyOf(objects);
    }
  }

  /// @param watch names one request
  /// @param after the position that it was asked to continue behind
  record WatchBegun(int watch, long after) implements Observation {}

  enum EventType {
    ADDED,
    MODIFIED,
    DELETED,
    BOOKMARK
  }

  /// An event that a watch delivered. Those of one watch are in the order of their arrival.
  ///
  /// @param key null for a bookmark
  record WatchSaw(
      int watch, EventType type, @Nullable String key, String value, long version, long time)
      implements Observation {}

  /// The server is known to be dead, and to have left nothing behind that goes on: what was asked
  /// of it before has taken effect by now, or never does.
  record ServerEnded(long time) implements Observation {}
}
