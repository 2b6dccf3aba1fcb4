package dev.troupe.resources.kind.pod;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.podspec.PodAnnotationValidation;
import dev.troupe.resources.kind.podspec.PodSpecValidation;
import dev.troupe.resources.kind.podspec.PodSpecWarnings;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

final class PodValidation implements Validation {

  @Override
  public void check(ObjectNode pod, FieldErrors errors) {
    PodAnnotationValidation.check(pod, Path.METADATA.child("annotations"), errors);
    var spec = Json.child(pod, "spec");
    PodSpecValidation.ofPod(spec, Json.text(Json.object(pod, "metadata"), "name"), errors);
    if (Json.text(spec, "serviceAccountName").isEmpty()) {
      tokensOfNobody(spec, errors);
    }
  }

  private static void tokensOfNobody(ObjectNode spec, FieldErrors errors) {
    int index = 0;
    for (var volume : Json.objects(spec, "volumes")) {
      var path = Path.SPEC.child("volumes").item(index++).child("projected").child("sources");
      int number = 0;
      for (var source : Json.objects(Json.object(volume, "projected"), "sources")) {
        if (Json.has(source, "serviceAccountToken")) {
          errors.forbidden(
              path.item(number).child("serviceAccountToken"),
              "must not be specified when serviceAccountName is not set");
        }
        number++;
      }
    }
  }

  @Override
  public void checkNew(ObjectNode pod, FieldErrors errors) {
    var spec = Json.object(pod, "spec");
    if (!Json.objects(spec, "ephemeralContainers").isEmpty()) {
      errors.forbidden(Path.SPEC.child("ephemeralContainers"), "cannot be set on create");
    }
    if (!Json.text(spec, "nodeName").isEmpty()
        && !Json.objects(spec, "schedulingGates").isEmpty()) {
      errors.forbidden(
          Path.SPEC.child("nodeName"), "cannot be set until all schedulingGates have been cleared");
    }
  }

  /// Pods are changed by machines, mostly.
  @Override
  public void warn(ObjectNode pod, @Nullable ObjectNode old, FieldWarnings warnings) {
    if (old == null) {
      var name = Json.text(Json.object(pod, "metadata"), "name");
      Names.label(name)
          .ifPresent(wrong ->
              warnings.add(
                  Path.METADATA.child("name"),
                  "this is used in the Pod's hostname, which can result in surprising behavior; a"
                      + " DNS label is recommended: ["
                      + wrong
                      + "]"));
      PodSpecWarnings.check(pod, Path.ROOT, warnings);
    }
  }

  @Override
  public void checkChange(ObjectNode pod, ObjectNode old, FieldErrors errors) {
    PodAnnotationValidation.checkChange(pod, old, errors);
    PodChange.check(pod, old, errors);
  }

  @Override
  public void checkStatus(ObjectNode pod, ObjectNode old, FieldErrors errors) {
    PodAnnotationValidation.checkChange(pod, old, errors);
    PodStatusValidation.check(pod, old, errors);
  }
}
