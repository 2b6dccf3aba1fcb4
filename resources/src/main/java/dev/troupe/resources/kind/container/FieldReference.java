package dev.troupe.resources.kind.container;

import dev.troupe.api.resource.Quantity;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The fields of a pod that its containers can be told.
public final class FieldReference {

  public static final List<String> OF_VARIABLES =
      List.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");

  public static final List<String> OF_VOLUMES =
      List.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid");

  private static final Set<String> KNOWN =
      Set.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.restartPolicy",
          "spec.schedulerName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.phase",
          "status.podIP",
          "status.podIPs");

  private static final List<String> RESOURCES =
      List.of(
          "limits.cpu",
          "limits.ephemeral-storage",
          "limits.memory",
          "requests.cpu",
          "requests.ephemeral-storage",
          "requests.memory");

  private static final Set<String> BYTES =
      Set.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

  private FieldReference() {}

  /// @param supported the fields that can be told there, beside single labels and annotations
  public static void check(
      ObjectNode reference, List<String> supported, Path path, FieldErrors errors) {
    var field = Json.text(reference, "fieldPath");
    if (field.isEmpty()) {
      errors.required(path.child("fieldPath"), "");
      return;
    }
    int bracket = field.endsWith("']") ? field.indexOf("['") : -1;
    var whole = bracket < 0 ? field : field.substring(0, bracket);
    boolean keyed = whole.equals("metadata.labels") || whole.equals("metadata.annotations");
    if (bracket < 0 ? !KNOWN.contains(field) : !keyed) {
      errors.invalid(
          path.child("fieldPath"),
          field,
          "error converting fieldPath: field label not supported: " + field);
    } else if (bracket >= 0) {
      var key = field.substring(bracket + 2, field.length() - 2);
      var name = whole.equals("metadata.labels") ? key : key.toLowerCase(Locale.ROOT);
      Names.qualified(name).ifPresent(wrong -> errors.invalid(path, key, wrong));
    } else if (!supported.contains(field)) {
      errors.notSupported(path.child("fieldPath"), field, supported);
    }
  }

  /// What is known of the resources of a container, in units.
  public static void checkResource(ObjectNode reference, Path path, FieldErrors errors) {
    var resource = Json.text(reference, "resource");
    boolean pages =
        resource.startsWith("limits.hugepages-") || resource.startsWith("requests.hugepages-");
    if (resource.isEmpty()) {
      errors.required(path.child("resource"), "");
    } else if (!pages && !RESOURCES.contains(resource)) {
      errors.notSupported(path.child("resource"), resource, RESOURCES);
    }
    var divisor = Json.text(reference, "divisor");
    if (divisor.isEmpty() || Quantity.parse(divisor).amount().signum() == 0) {
      return;
    }
    if (resource.endsWith(".cpu")) {
      if (!divisor.equals("1m") && !divisor.equals("1")) {
        errors.invalid(
            path.child("divisor"),
            resource,
            "only divisor's values 1m and 1 are supported with the cpu resource");
      }
    } else if (!BYTES.contains(divisor)) {
      errors.invalid(
          path.child("divisor"),
          resource,
          "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are"
              + " supported with the "
              + (pages
                  ? "hugepages"
                  : resource.endsWith(".memory") ? "memory" : "local ephemeral storage")
              + " resource");
    }
  }
}
