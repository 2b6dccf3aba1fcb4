package dev.troupe.resources.kind.security;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What one container may do.
public final class SecurityValidation {

  private static final List<String> PROC_MOUNTS = List.of("Default", "Unmasked");

  private SecurityValidation() {}

  /// @param hostUsers whether the users of the pod are those of its machine
  public static void check(
      @Nullable ObjectNode container, Path parent, boolean hostUsers, FieldErrors errors) {
    var context = Json.object(container, "securityContext");
    if (context == null || context.isEmpty()) {
      return;
    }
    var path = parent.child("securityContext");
    Checks.id(context, "runAsUser", path, errors);
    Checks.id(context, "runAsGroup", path, errors);
    Checks.oneOf(context, "procMount", PROC_MOUNTS, path, errors);
    if (hostUsers && Json.text(context, "procMount").equals("Unmasked")) {
      errors.invalid(
          path.child("procMount"), "Unmasked", "`hostUsers` must be false to use `Unmasked`");
    }
    ProfileValidation.check(context, path, errors);
    escalation(context, path, errors);
    WindowsValidation.check(context, path, errors);
  }

  private static void escalation(ObjectNode context, Path path, FieldErrors errors) {
    if (!Json.has(context, "allowPrivilegeEscalation")
        || Json.truth(context, "allowPrivilegeEscalation")) {
      return;
    }
    var why = "cannot set `allowPrivilegeEscalation` to false and ";
    if (Json.truth(context, "privileged")) {
      errors.invalid(path, context, why + "`privileged` to true");
    }
    if (Json.strings(Json.object(context, "capabilities"), "add").contains("CAP_SYS_ADMIN")) {
      errors.invalid(path, context, why + "`capabilities.Add` CAP_SYS_ADMIN");
    }
  }
}
