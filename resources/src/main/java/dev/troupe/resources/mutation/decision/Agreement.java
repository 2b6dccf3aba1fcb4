package dev.troupe.resources.mutation.decision;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Refusal;
import tools.jackson.databind.node.ObjectNode;

/// Whether a body speaks of the resource that the URL names.
final class Agreement {

  private Agreement() {}

  static void ofNew(MutationTarget target, ObjectNode object) {
    var metadata = Json.object(object, "metadata");
    var namespace = Json.text(metadata, "namespace");
    if (target.type().namespaced()
        && !namespace.isEmpty()
        && !namespace.equals(target.key().namespace())) {
      throw new Refusing(
          Refusal.badRequest(
              "the namespace of the provided object does not match the namespace sent on the"
                  + " request"));
    }
  }

  static void ofExisting(MutationTarget target, ObjectNode object) {
    var metadata = Json.object(object, "metadata");
    var name = Json.text(metadata, "name");
    if (name.isEmpty()) {
      throw new Refusing(
          Refusal.badRequest(
              "the name of the object ("
                  + target.name()
                  + " based on URL) was undeterminable: name must be provided"));
    }
    if (!name.equals(target.name())) {
      throw new Refusing(
          Refusal.badRequest(
              "the name of the object ("
                  + name
                  + ") does not match the name on the URL ("
                  + target.name()
                  + ")"));
    }
    var namespace = Json.text(metadata, "namespace");
    if (target.type().namespaced()
        && !namespace.isEmpty()
        && !namespace.equals(target.key().namespace())) {
      throw new Refusing(
          Refusal.badRequest(
              "the namespace of the object ("
                  + namespace
                  + ") does not match the namespace on the request ("
                  + target.key().namespace()
                  + ")"));
    }
  }
}
