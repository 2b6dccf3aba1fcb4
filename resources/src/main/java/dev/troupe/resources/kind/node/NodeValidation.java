package dev.troupe.resources.kind.node;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.container.ComputeValidation;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.IpAddresses;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

final class NodeValidation implements Validation {

  private static final Path STATUS = Path.ROOT.child("status");
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  @Override
  public void check(ObjectNode node, FieldErrors errors) {
    ranges(Json.strings(Json.object(node, "spec"), "podCIDRs"), errors);
    var seen = new HashSet<String>();
    int index = 0;
    for (var taint : Json.objects(Json.object(node, "spec"), "taints")) {
      var path = Path.SPEC.child("taints").item(index++);
      var key = Json.text(taint, "key");
      Names.qualified(key).ifPresent(wrong -> errors.invalid(path.child("key"), key, wrong));
      Checks.text(taint, "value", Names::labelValue, path, errors);
      Checks.requiredOneOf(taint, "effect", EFFECTS, path, errors);
      if (!seen.add(key + ":" + Json.text(taint, "effect"))) {
        errors.duplicate(path, taint);
      }
    }
    amounts(node, errors);
  }

  private static void amounts(ObjectNode node, FieldErrors errors) {
    var status = Json.object(node, "status");
    for (var field : List.of("capacity", "allocatable")) {
      ComputeValidation.amounts(Json.object(status, field), STATUS.child(field), errors);
    }
  }

  private static void addresses(ObjectNode node, FieldErrors errors) {
    var seen = new HashSet<String>();
    int index = 0;
    for (var address : Json.objects(Json.object(node, "status"), "addresses")) {
      if (!seen.add(Json.text(address, "type") + " " + Json.text(address, "address"))) {
        errors.duplicate(STATUS.child("addresses").item(index), address);
      }
      index++;
    }
  }

  @Override
  public void checkStatus(ObjectNode node, ObjectNode old, FieldErrors errors) {
    amounts(node, errors);
    addresses(node, errors);
  }

  /// One range of pods' addresses for each family.
  private static void ranges(List<String> ranges, FieldErrors errors) {
    var path = Path.SPEC.child("podCIDRs");
    for (int i = 0; i < ranges.size(); i++) {
      var at = path.item(i);
      var range = ranges.get(i);
      IpAddresses.checkRange(range).ifPresent(wrong -> errors.invalid(at, range, wrong));
    }
    long families = ranges.stream().map(range -> range.indexOf(':') < 0).distinct().count();
    if (ranges.size() > families) {
      errors.invalid(
          path, ranges.toString(), "may specify no more than one CIDR for each IP family");
    }
  }

  @Override
  public void warn(ObjectNode object, @Nullable ObjectNode old, FieldWarnings warnings) {
    if (!Json.text(Json.object(object, "spec"), "externalID").isEmpty()) {
      warnings.add(
          Path.SPEC.child("externalID"), "this field is deprecated, and is unused by Kubernetes");
    }
    if (Json.has(Json.object(object, "spec"), "configSource")) {
      warnings.add(Path.SPEC.child("configSource"), "the feature is no longer supported");
    }
  }

  @Override
  public void checkChange(ObjectNode node, ObjectNode old, FieldErrors errors) {
    addresses(node, errors);
    for (var field : List.of("podCIDR", "providerID")) {
      var before = Json.text(Json.object(old, "spec"), field);
      var now = Json.text(Json.object(node, "spec"), field);
      if (!before.isEmpty() && !before.equals(now)) {
        errors.forbidden(
            Path.SPEC.child(field.equals("podCIDR") ? "podCIDRs" : field),
            "node updates may not change " + field + " except from \"\" to valid");
      }
    }
  }
}
