package dev.troupe.runtime.controller.logic.object;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Failure;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.Profile;
import dev.troupe.runtime.controller.logic.state.StateFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The activities of one object: each is carried out until it has succeeded, whatever else goes on.
final class Calls {

  private static final int LONGEST_PROBLEM = 1_024;

  private final Profile profile;
  private final Remembered remembered;
  private final RandomGenerator random;
  private final Set<String> running = new HashSet<>();

  Calls(Profile profile, Remembered remembered, RandomGenerator random) {
    this.profile = profile;
    this.remembered = remembered;
    this.random = random;
  }

  boolean areRunning() {
    return !running.isEmpty();
  }

  /// Those that are due and not under way.
  List<ObjectEffect.Call> start(long now) {
    var state = remembered.working();
    if (state == null || state.calls().isEmpty()) {
      return List.of();
    }
    var started = new ArrayList<ObjectEffect.Call>();
    for (var entry : state.calls().entrySet()) {
      var call = entry.getValue();
      if (!call.done() && call.dueMillis() <= now && !running.contains(call.key())) {
        start(entry.getKey(), call, now).ifPresent(started::add);
      }
    }
    return started;
  }

  private Optional<ObjectEffect.Call> start(String name, ObjectState.Call call, long now) {
    Activity activity;
    try {
      activity = activity(call);
    } catch (RuntimeException unknown) {
      // Nobody here knows such an activity, perhaps another release does.
      putOff(name, call, words(unknown), now);
      return Optional.empty();
    }
    running.add(call.key());
    return Optional.of(new ObjectEffect.Call(name, call.key(), activity));
  }

  /// What is to be told to the controller; nothing if the call is not wanted any more.
  Optional<Cause> succeeded(String name, String key, String result) {
    running.remove(key);
    var state = remembered.working();
    var call = wanted(state, name, key);
    if (state == null || call == null) {
      return Optional.empty();
    }
    remembered.work(state.withCall(name, call.succeeded(result)));
    return Optional.of(new Cause.Completed(activity(call), result.isEmpty() ? null : result));
  }

  /// What is to be told to the controller; nothing if the call is not wanted any more.
  Optional<Cause> failed(String name, String key, String why, long now) {
    running.remove(key);
    var call = wanted(remembered.working(), name, key);
    if (call == null) {
      return Optional.empty();
    }
    putOff(name, call, why, now);
    int attempt = call.attempts() + 1;
    var failure = new Failure.ActivityFailed(activity(call), attempt, shortened(why));
    return Optional.of(new Cause.Failed(attempt, failure));
  }

  private void putOff(String name, ObjectState.Call call, String why, long now) {
    var state = remembered.working();
    if (state != null) {
      long due = profile.backOff().callDue(call.attempts() + 1, now, random.nextDouble());
      remembered.work(state.withCall(name, call.failed(shortened(why), due)));
    }
  }

  private static String words(RuntimeException thrown) {
    return String.valueOf(thrown.getMessage());
  }

  /// It is persisted with every decision.
  private static String shortened(String why) {
    return why.length() <= LONGEST_PROBLEM ? why : why.substring(0, LONGEST_PROBLEM) + "…";
  }

  private static ObjectState.@Nullable Call wanted(
      @Nullable ObjectState state, String name, String key) {
    var call = state == null ? null : state.calls().get(name);
    return call != null && !call.done() && call.key().equals(key) ? call : null;
  }

  private Activity activity(ObjectState.Call call) {
    return StateFormat.activity(call, profile.activities());
  }
}
