package dev.troupe.resources.kind.network;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import tools.jackson.databind.node.ObjectNode;

/// A claimed address always says for whom.
final class IpAddressValidation implements Validation {

  private static final Path PARENT = Path.SPEC.child("parentRef");

  @Override
  public void check(ObjectNode address, FieldErrors errors) {
    var parent = Json.object(Json.object(address, "spec"), "parentRef");
    if (parent == null) {
      errors.required(PARENT, "");
      return;
    }
    Checks.required(parent, "resource", PARENT, errors);
    Checks.required(parent, "name", PARENT, errors);
    for (var field : new String[] {"group", "resource", "namespace", "name"}) {
      Checks.text(
          parent,
          field,
          field.equals("group") ? Names::subdomain : Names::pathSegment,
          PARENT,
          errors);
    }
  }

  @Override
  public void checkChange(ObjectNode address, ObjectNode old, FieldErrors errors) {
    errors.immutable(
        PARENT,
        Json.get(Json.object(address, "spec"), "parentRef"),
        Json.get(Json.object(old, "spec"), "parentRef"));
  }
}
