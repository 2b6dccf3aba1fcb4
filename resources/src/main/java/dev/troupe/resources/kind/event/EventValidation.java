package dev.troupe.resources.kind.event;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Events. Those with an event time must also say who reports what.
final class EventValidation implements Validation {

  private static final int MAX_TEXT = 128;
  private static final int MAX_MESSAGE = 1024;

  @Override
  public void check(ObjectNode event, FieldErrors errors) {
    namespace(event, errors);
    if (!Json.has(event, "eventTime")) {
      return;
    }
    var controller = Json.text(event, "reportingComponent");
    var path = Path.ROOT.child("reportingController");
    if (controller.isEmpty()) {
      errors.required(path, "");
    } else {
      Names.qualified(controller).ifPresent(wrong -> errors.invalid(path, controller, wrong));
    }
    for (var field : List.of("reportingInstance", "action", "reason")) {
      Checks.required(event, field, Path.ROOT, errors);
      limit(event, field, MAX_TEXT, errors);
    }
    limit(event, "message", MAX_MESSAGE, errors);
  }

  private static void limit(ObjectNode event, String field, int max, FieldErrors errors) {
    if (Json.text(event, field).length() > max) {
      errors.invalid(Path.ROOT.child(field), "", "can have at most " + max + " characters");
    }
  }

  private static void namespace(ObjectNode event, FieldErrors errors) {
    var own = Json.text(Json.object(event, "metadata"), "namespace");
    var involved = Json.text(Json.object(event, "involvedObject"), "namespace");
    boolean timed = Json.has(event, "eventTime");
    boolean allowed =
        involved.isEmpty()
            ? own.equals("default") || (timed && own.equals("kube-system"))
            : timed || involved.equals(own);
    if (!allowed) {
      errors.invalid(
          Path.ROOT.child("involvedObject").child("namespace"),
          involved,
          "does not match event.namespace");
    }
  }
}
