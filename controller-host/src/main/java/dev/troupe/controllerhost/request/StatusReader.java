package dev.troupe.controllerhost.request;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.controllerhost.connection.RemoteAnswer;
import dev.troupe.controllerhost.connection.UnreachableException;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.controller.view.ControllerJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// What an API server says when it does not do what it was asked.
public final class StatusReader {

  private static final int LONGEST = 500;

  private StatusReader() {}

  /// @param response that is not good
  public static Refusal refusal(RemoteAnswer response) {
    try {
      var status = ControllerJson.object(response.body());
      if (status.path("kind").asString("").equals("Status")) {
        return of(status, response.code(), response.retryAfterSeconds());
      }
    } catch (JacksonException | ClassCastException _) {
      // Whoever stands in between answers in his own words.
    }
    var text = new String(response.body(), StandardCharsets.UTF_8);
    return new Refusal(
        byCode(response.code()),
        "the server answered "
            + response.code()
            + ": "
            + text.substring(0, Math.min(LONGEST, text.length())),
        null,
        response.retryAfterSeconds());
  }

  /// @param status a `Status` of `meta/v1`
  public static Refusal of(ObjectNode status, int code, int retryAfterSeconds) {
    var text = status.path("reason").asString("");
    int said = status.path("code").asInt(code);
    var details = status.path("details");
    var causes = new ArrayList<Refusal.FieldCause>();
    for (var cause : details.path("causes")) {
      causes.add(
          new Refusal.FieldCause(
              causeType(cause.path("reason").asString("")),
              cause.path("message").asString(""),
              cause.path("field").asString("")));
    }
    return new Refusal(
        reason(text, said),
        status.path("message").asString("the server answered " + said),
        new Refusal.Details(
            details.path("name").asString(""),
            details.path("group").asString(""),
            details.path("kind").asString(""),
            details.path("uid").asString(""),
            List.copyOf(causes)),
        retryAfterSeconds);
  }

  /// @param unreachable why there was no answer
  public static Refusal refusal(UnreachableException unreachable) {
    return new Refusal(
        unreachable.maybeDone() ? StatusReason.TIMEOUT : StatusReason.SERVICE_UNAVAILABLE,
        String.valueOf(unreachable.getMessage()),
        null,
        0);
  }

  private static StatusReason reason(String text, int code) {
    for (var reason : StatusReason.values()) {
      if (!text.isEmpty() && reason.text().equals(text)) {
        return reason;
      }
    }
    return byCode(code);
  }

  /// Of those with one code the first; of what nobody knows, that it is unknown.
  private static StatusReason byCode(int code) {
    for (var reason : StatusReason.values()) {
      if (reason.code() == code) {
        return code == StatusReason.ALREADY_EXISTS.code() ? StatusReason.CONFLICT : reason;
      }
    }
    return StatusReason.UNKNOWN;
  }

  private static CauseType causeType(String text) {
    for (var type : CauseType.values()) {
      if (!text.isEmpty() && type.text().equals(text)) {
        return type;
      }
    }
    return CauseType.UNSPECIFIED;
  }
}
