package dev.troupe.runtime.controller.logic.state;

import dev.troupe.api.controller.Activity;
import dev.troupe.runtime.controller.view.ControllerJson;

/// The bytes of persisted decisions.
public final class StateFormat {

  private StateFormat() {}

  public static byte[] encode(ObjectState state) {
    return ControllerJson.bytes(state);
  }

  /// @throws IllegalStateException if the bytes are of a format that is not known yet
  public static ObjectState decode(byte[] body) {
    var state = ControllerJson.read(body, ObjectState.class);
    if (state.format() != ObjectState.FORMAT) {
      throw new IllegalStateException(
          "decision of " + state.key() + " is written in format " + state.format());
    }
    return state;
  }

  /// What plans and states call an activity: its class and id.
  public static String name(Activity activity) {
    return activity.getClass().getSimpleName() + "/" + activity.id();
  }

  public static ObjectState.Call call(Activity activity, String key, long now) {
    return new ObjectState.Call(
        activity.getClass().getName(),
        ControllerJson.write(activity),
        key,
        false,
        null,
        0,
        now,
        null);
  }

  public static Activity activity(ObjectState.Call call, ClassLoader loader) {
    try {
      var type = Class.forName(call.type(), false, loader);
      if (!Activity.class.isAssignableFrom(type)) {
        throw new IllegalStateException(call.type() + " is not an activity");
      }
      return (Activity) ControllerJson.read(call.content(), type);
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException("no class for the activity " + call.type(), missing);
    }
  }
}
