package dev.troupe.resources.validation;

import dev.troupe.resources.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Owner references: complete, and at most one of them controls.
public final class OwnerValidation {

  private OwnerValidation() {}

  public static void check(@Nullable ObjectNode metadata, FieldErrors errors) {
    var path = Path.METADATA.child("ownerReferences");
    var controller = "";
    int index = 0;
    for (var owner : Json.objects(metadata, "ownerReferences")) {
      complete(owner, path.item(index++), errors);
      if (Json.truth(owner, "controller")) {
        var words = words(owner);
        if (!controller.isEmpty()) {
          errors.invalid(
              path,
              Json.get(metadata, "ownerReferences"),
              "Only one reference can have Controller set to true. Found \"true\" in references for "
                  + controller
                  + " and "
                  + words);
        }
        controller = words;
      }
    }
  }

  private static void complete(ObjectNode owner, Path path, FieldErrors errors) {
    if (Json.text(owner, "apiVersion").isEmpty()) {
      errors.invalid(path.child("apiVersion"), "", "version must not be empty");
    }
    for (var field : List.of("kind", "name", "uid")) {
      if (Json.text(owner, field).isEmpty()) {
        errors.invalid(path.child(field), "", "must not be empty");
      }
    }
    if (Json.text(owner, "apiVersion").equals("v1") && Json.text(owner, "kind").equals("Event")) {
      errors.invalid(path, owner, "v1, Kind=Event is disallowed from being an owner");
    }
  }

  private static String words(ObjectNode owner) {
    return Json.text(owner, "kind") + "/" + Json.text(owner, "name");
  }
}
