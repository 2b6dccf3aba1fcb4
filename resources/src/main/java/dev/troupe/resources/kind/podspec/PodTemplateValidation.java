package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.LabelValidation;
import dev.troupe.resources.validation.MetadataValidation;
import dev.troupe.resources.validation.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The template of pods in a workload that keeps them running.
public final class PodTemplateValidation {

  private PodTemplateValidation() {}

  public static void check(@Nullable ObjectNode workload, FieldErrors errors) {
    var path = Path.SPEC.child("template");
    var template = Json.object(workload, "template");
    var metadata = Json.object(template, "metadata");
    LabelValidation.check(metadata, "labels", path.child("labels"), errors);
    MetadataValidation.annotations(metadata, path.child("annotations"), errors);
    var spec = Json.object(template, "spec");
    PodAnnotationValidation.check(template, path.child("annotations"), errors);
    PodSpecValidation.ofTemplate(spec == null ? Json.object() : spec, path.child("spec"), errors);
    if (!Json.objects(spec, "ephemeralContainers").isEmpty()) {
      errors.forbidden(
          path.child("spec").child("ephemeralContainers"),
          "ephemeral containers not allowed in pod template");
    }
    var restart = Json.text(spec, "restartPolicy");
    if (!restart.isEmpty() && !restart.equals("Always")) {
      errors.notSupported(
          path.child("spec").child("restartPolicy"), restart, java.util.List.of("Always"));
    }
    if (Json.has(spec, "activeDeadlineSeconds")) {
      errors.forbidden(
          path.child("spec").child("activeDeadlineSeconds"),
          "activeDeadlineSeconds in ReplicaSet is not Supported");
    }
  }
}
