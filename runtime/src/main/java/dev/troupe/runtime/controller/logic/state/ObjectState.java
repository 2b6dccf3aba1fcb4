package dev.troupe.runtime.controller.logic.state;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Failure;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All that a controller remembers of one object: small, and written whole with every decision, so
/// that the newest decision is enough to go on.
///
/// A persisted format: components are added, never renamed or removed.
///
/// @param format the number of the format, 1
/// @param uid of the object; a new object of the same name starts afresh
/// @param version of the object that was decided on
/// @param seen the highest version in sight of each related type, by its text
/// @param causes why it was decided, in words
/// @param plan what was decided, in words
/// @param timers when each timer fires, in milliseconds since the epoch
/// @param calls activities by class and id
/// @param said Kubernetes Events by their digest
/// @param retry null unless the last attempt failed
/// @param releasing the finalizer goes when no call is pending
/// @param inVain how often in a row a timer has fired for nothing and was set again at once
/// @param memory the controller's own memory of the object, as JSON; null if it has none
public record ObjectState(
    int format,
    String controller,
    ResourceKey key,
    String uid,
    long version,
    Map<String, Long> seen,
    List<String> causes,
    List<String> plan,
    Map<String, Long> timers,
    Map<String, Call> calls,
    Map<String, Said> said,
    List<Plan.Wait> waits,
    @Nullable Retry retry,
    boolean releasing,
    int inVain,
    @Nullable String memory) {

  public static final int FORMAT = 1;

  /// An activity that was asked for.
  ///
  /// @param type the class of the record
  /// @param content the record as JSON
  /// @param key what the outside world recognises a repetition by
  /// @param result null until it succeeded
  /// @param attempts how many failed
  /// @param dueMillis when it is tried again
  /// @param problem why the last attempt failed; null if none has
  public record Call(
      String type,
      String content,
      String key,
      boolean done,
      @Nullable String result,
      int attempts,
      long dueMillis,
      @Nullable String problem) {

    public boolean sameRecord(Call other) {
      return type.equals(other.type) && content.equals(other.content);
    }

    public Call succeeded(String value) {
      return new Call(type, content, key, true, value, attempts, 0, null);
    }

    public Call failed(String why, long due) {
      return new Call(type, content, key, false, null, attempts + 1, due, why);
    }
  }

  /// How often, and when, something was said in a Kubernetes Event.
  public record Said(int count, long firstMillis, long lastMillis) {}

  /// @param attempt how many attempts in a row have failed
  /// @param sinceMillis when the last one failed
  /// @param dueMillis when the next one is made, unless a change calls for it earlier
  /// @param quarantined it has failed so often that it is tried at a slow pace only
  /// @param reason why a write was refused, null if none was
  /// @param causes what was wrong about it
  public record Retry(
      int attempt,
      long sinceMillis,
      long dueMillis,
      String message,
      boolean quarantined,
      @Nullable StatusReason reason,
      List<CauseType> causes) {

    public Retry {
      causes = causes == null ? List.of() : List.copyOf(causes);
    }

    static Retry of(int attempt, Failure failure, long now, long due, boolean quarantined) {
      return switch (failure) {
        case Failure.Refused(var reason, var message, var causes) ->
            new Retry(attempt, now, due, message, quarantined, reason, causes);
        case Failure.Broken(var message) ->
            new Retry(attempt, now, due, message, quarantined, null, List.of());
        case Failure.ActivityFailed failed ->
            throw new IllegalArgumentException(failed.activity() + " fails by itself");
      };
    }

    Failure failure() {
      return reason == null
          ? new Failure.Broken(message)
          : new Failure.Refused(reason, message, causes);
    }
  }

  public ObjectState {
    seen = sorted(seen);
    causes = causes == null ? List.of() : List.copyOf(causes);
    plan = plan == null ? List.of() : List.copyOf(plan);
    timers = sorted(timers);
    calls = sorted(calls);
    said = sorted(said);
    waits = waits == null ? List.of() : List.copyOf(waits);
  }

  /// In the order of the keys, so that the same state is written as the same bytes.
  private static <V> Map<String, V> sorted(@Nullable Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
  }

  public static ObjectState fresh(String controller, ResourceKey key, String uid) {
    return new ObjectState(
        FORMAT,
        controller,
        key,
        uid,
        0,
        Map.of(),
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        null,
        false,
        0,
        null);
  }

  /// Whether the two mean the same for the future, whatever they were decided on.
  public boolean means(ObjectState other) {
    return uid.equals(other.uid)
        && timers.equals(other.timers)
        && calls.equals(other.calls)
        && said.equals(other.said)
        && waits.equals(other.waits)
        && Objects.equals(retry, other.retry)
        && releasing == other.releasing
        && Objects.equals(memory, other.memory);
  }

  /// Whether a call has not succeeded yet.
  public boolean hasPendingCalls() {
    return calls.values().stream().anyMatch(call -> !call.done);
  }

  /// What an activity has come to; empty if it has not succeeded yet.
  public Optional<String> result(Activity activity) {
    var call = calls.get(StateFormat.name(activity));
    return call != null && call.done && call.sameRecord(StateFormat.call(activity, "", 0))
        ? Optional.ofNullable(call.result)
        : Optional.empty();
  }

  /// How often, and why last, an activity has failed that has not succeeded yet.
  public Optional<Failure.ActivityFailed> failure(Activity activity) {
    var call = calls.get(StateFormat.name(activity));
    return call != null
            && !call.done
            && call.problem != null
            && call.sameRecord(StateFormat.call(activity, "", 0))
        ? Optional.of(new Failure.ActivityFailed(activity, call.attempts, call.problem))
        : Optional.empty();
  }

  /// When something is to be done without being told: a timer, a retry, a call. [Long#MAX_VALUE] if
  /// never.
  public long due() {
    long due = retry == null ? Long.MAX_VALUE : retry.dueMillis;
    for (long timer : timers.values()) {
      due = Math.min(due, timer);
    }
    for (var call : calls.values()) {
      if (!call.done) {
        due = Math.min(due, call.dueMillis);
      }
    }
    return due;
  }

  public ObjectState withoutTimer(String timer) {
    var newTimers = new HashMap<>(timers);
    newTimers.remove(timer);
    return with(newTimers, calls, said, retry, memory);
  }

  public ObjectState withCall(String name, Call call) {
    var newCalls = new HashMap<>(calls);
    newCalls.put(name, call);
    return with(timers, newCalls, said, retry, memory);
  }

  public ObjectState withSaid(Map<String, Said> newSaid) {
    return with(timers, calls, newSaid, retry, memory);
  }

  /// After a failed attempt.
  ///
  /// @param chance between 0 and 1
  public ObjectState failed(Failure failure, BackOff backOff, long now, double chance) {
    int attempt = (retry == null ? 0 : retry.attempt) + 1;
    return withRetry(backOff.after(attempt, failure, now, chance));
  }

  public ObjectState withRetry(@Nullable Retry newRetry) {
    return with(timers, calls, said, newRetry, memory);
  }

  public ObjectState withMemory(@Nullable String newMemory) {
    return with(timers, calls, said, retry, newMemory);
  }

  private ObjectState with(
      Map<String, Long> newTimers,
      Map<String, Call> newCalls,
      Map<String, Said> newSaid,
      @Nullable Retry newRetry,
      @Nullable String newMemory) {
    return new ObjectState(
        format,
        controller,
        key,
        uid,
        version,
        seen,
        causes,
        plan,
        newTimers,
        newCalls,
        newSaid,
        waits,
        newRetry,
        releasing,
        inVain,
        newMemory);
  }
}
