package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.container.PlacedContainer;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A pod that says which operating system it is for may only use what that one has.
final class OperatingSystemValidation {

  private static final List<String> NAMES = List.of("linux", "windows");
  private static final String NOT_ON_WINDOWS = "cannot be set for a windows pod";
  private static final String NOT_ON_LINUX = "windows options cannot be set for a linux pod";

  private static final List<String> LINUX_ONLY =
      List.of("hostUsers", "hostPID", "hostIPC", "shareProcessNamespace");
  private static final List<String> LINUX_ONLY_OF_PODS =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "fsGroup",
          "fsGroupChangePolicy",
          "sysctls",
          "runAsUser",
          "runAsGroup",
          "supplementalGroups",
          "supplementalGroupsPolicy",
          "seLinuxChangePolicy");
  private static final List<String> LINUX_ONLY_OF_CONTAINERS =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "capabilities",
          "readOnlyRootFilesystem",
          "privileged",
          "allowPrivilegeEscalation",
          "procMount",
          "runAsUser",
          "runAsGroup");

  private OperatingSystemValidation() {}

  static void check(ObjectNode spec, Path path, FieldErrors errors) {
    var system = Json.object(spec, "os");
    if (system == null) {
      return;
    }
    switch (Json.text(system, "name")) {
      case "" -> errors.required(path.child("os").child("name"), "cannot be empty");
      case "linux" -> linux(spec, path, errors);
      case "windows" -> windows(spec, path, errors);
      default -> errors.notSupported(path.child("os"), Json.text(system, "name"), NAMES);
    }
  }

  private static void linux(ObjectNode spec, Path path, FieldErrors errors) {
    none(spec, List.of("windowsOptions"), path, NOT_ON_LINUX, errors);
    for (var placed : PlacedContainer.all(spec, path)) {
      none(placed.container(), List.of("windowsOptions"), placed.path(), NOT_ON_LINUX, errors);
    }
  }

  private static void windows(ObjectNode spec, Path path, FieldErrors errors) {
    for (var field : LINUX_ONLY) {
      if (Json.has(spec, field)) {
        errors.forbidden(path.child(field), NOT_ON_WINDOWS);
      }
    }
    none(spec, LINUX_ONLY_OF_PODS, path, NOT_ON_WINDOWS, errors);
    for (var placed : PlacedContainer.all(spec, path)) {
      none(placed.container(), LINUX_ONLY_OF_CONTAINERS, placed.path(), NOT_ON_WINDOWS, errors);
    }
  }

  private static void none(
      @Nullable ObjectNode secured,
      List<String> fields,
      Path path,
      String why,
      FieldErrors errors) {
    var context = Json.object(secured, "securityContext");
    for (var field : fields) {
      if (Json.has(context, field)) {
        errors.forbidden(path.child("securityContext").child(field), why);
      }
    }
  }
}
