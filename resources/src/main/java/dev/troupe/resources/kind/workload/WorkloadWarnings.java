package dev.troupe.resources.kind.workload;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.podspec.PodSpecWarnings;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What surprises in what makes pods: names that pods get theirs from, and the template.
final class WorkloadWarnings {

  private static final Path TEMPLATE = Path.SPEC.child("template");

  private WorkloadWarnings() {}

  /// A change is told of as far as it changes the spec.
  static void check(ObjectNode workload, @Nullable ObjectNode old, FieldWarnings warnings) {
    var spec = Json.object(workload, "spec");
    if (old == null) {
      Names.label(Json.text(Json.object(workload, "metadata"), "name"))
          .ifPresent(wrong ->
              warnings.add(
                  Path.METADATA.child("name"),
                  "this is used in Pod names and hostnames, which can result in surprising"
                      + " behavior; a DNS label is recommended: ["
                      + wrong
                      + "]"));
    }
    if (old == null || !Json.same(spec, Json.object(old, "spec"))) {
      PodSpecWarnings.check(Json.object(spec, "template"), TEMPLATE, warnings);
    }
  }
}
