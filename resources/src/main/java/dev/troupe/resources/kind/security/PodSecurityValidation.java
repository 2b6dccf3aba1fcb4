package dev.troupe.resources.kind.security;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What all containers of a pod may do, and what of their machine they share.
public final class PodSecurityValidation {

  private static final String SYSCTL_RULE =
      "([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
  private static final Pattern SYSCTL_PART = Pattern.compile("[a-z0-9]([-_a-z0-9]*[a-z0-9])?");
  private static final int MAX_SYSCTL = 253;
  private static final Set<String> OF_IPC =
      Set.of("kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.sem");

  private PodSecurityValidation() {}

  public static void check(@Nullable ObjectNode spec, Path specPath, FieldErrors errors) {
    hostUsers(spec, specPath, errors);
    var context = Json.object(spec, "securityContext");
    if (context == null || context.isEmpty()) {
      return;
    }
    var path = specPath.child("securityContext");
    for (var field : List.of("fsGroup", "runAsUser", "runAsGroup")) {
      Checks.id(context, field, path, errors);
    }
    groups(context, path.child("supplementalGroups"), errors);
    sysctls(spec, Json.objects(context, "sysctls"), path.child("sysctls"), errors);
    Checks.oneOf(context, "fsGroupChangePolicy", List.of("Always", "OnRootMismatch"), path, errors);
    ProfileValidation.check(context, path, errors);
    WindowsValidation.check(context, path, errors);
    Checks.oneOf(context, "supplementalGroupsPolicy", List.of("Merge", "Strict"), path, errors);
    Checks.oneOf(context, "seLinuxChangePolicy", List.of("MountOption", "Recursive"), path, errors);
  }

  public static boolean sharesUsers(@Nullable ObjectNode spec) {
    return !Json.has(spec, "hostUsers") || Json.truth(spec, "hostUsers");
  }

  private static void hostUsers(@Nullable ObjectNode spec, Path path, FieldErrors errors) {
    if (Json.truth(spec, "shareProcessNamespace") && Json.truth(spec, "hostPID")) {
      errors.invalid(
          path.child("securityContext").child("shareProcessNamespace"),
          true,
          "ShareProcessNamespace and HostPID cannot both be enabled");
    }
    if (sharesUsers(spec)) {
      return;
    }
    var why = "when `pod.Spec.HostUsers` is false";
    if (Json.truth(spec, "hostNetwork")) {
      errors.forbidden(path.child("hostNetwork"), why);
    }
    if (Json.truth(spec, "hostPID")) {
      errors.forbidden(path.child("HostPID"), why);
    }
    if (Json.truth(spec, "hostIPC")) {
      errors.forbidden(path.child("HostIPC"), why);
    }
  }

  private static void groups(ObjectNode context, Path path, FieldErrors errors) {
    var groups = Json.list(context, "supplementalGroups");
    if (groups == null) {
      return;
    }
    for (int i = 0; i < groups.size(); i++) {
      JsonNode group = groups.get(i);
      if (group.isIntegralNumber() && group.canConvertToLong()) {
        Checks.range(group.longValue(), 0, Integer.MAX_VALUE, path.item(i), errors);
      }
    }
  }

  private static void sysctls(
      @Nullable ObjectNode spec, List<ObjectNode> sysctls, Path path, FieldErrors errors) {
    var names = new HashSet<String>();
    for (int i = 0; i < sysctls.size(); i++) {
      var at = path.item(i).child("name");
      var name = Json.text(sysctls.get(i), "name");
      if (name.isEmpty()) {
        errors.required(at, "");
      } else if (!isSysctl(name)) {
        errors.invalid(
            at,
            name,
            "must have at most "
                + MAX_SYSCTL
                + " characters and match regex ^"
                + SYSCTL_RULE
                + "$");
      } else if (!names.add(name)) {
        errors.duplicate(at, name);
      }
      shared(spec, name, at, errors);
    }
  }

  private static boolean isSysctl(String name) {
    if (name.length() > MAX_SYSCTL) {
      return false;
    }
    for (var part : name.split("[./]", -1)) {
      if (!SYSCTL_PART.matcher(part).matches()) {
        return false;
      }
    }
    return true;
  }

  /// Whoever shares something with the machine may not change it for the machine.
  private static void shared(
      @Nullable ObjectNode spec, String sysctl, Path path, FieldErrors errors) {
    var name = sysctl.replace('/', '.');
    if (Json.truth(spec, "hostNetwork") && name.startsWith("net.")) {
      errors.invalid(path, sysctl, "may not be specified when 'hostNetwork' is true");
    } else if (Json.truth(spec, "hostIPC")
        && (OF_IPC.contains(name)
            || name.startsWith("kernel.msg")
            || name.startsWith("fs.mqueue."))) {
      errors.invalid(path, sysctl, "may not be specified when 'hostIPC' is true");
    }
  }
}
