package dev.troupe.resources.structural;

import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is wrong with a resource by its structural schema, in the order in which Kubernetes says
/// it.
public final class ResourceCheck {

  private static final String STATUS = "status";

  private ResourceCheck() {}

  /// The whole of a resource.
  ///
  /// @param old the resource as it was; null if it is new
  /// @return whether the resource is so wrong that no rule can be evaluated on it
  public static boolean whole(
      ObjectNode object, @Nullable ObjectNode old, Structural schema, FieldErrors errors) {
    var found = ValueCheck.check(object, old, schema);
    found.tell(errors, Path.ROOT);
    lists(object, old, schema, Path.ROOT, errors);
    return found.isBlocking();
  }

  /// The status alone.
  ///
  /// @return as for [#whole]
  public static boolean status(
      ObjectNode object, ObjectNode old, Structural schema, FieldErrors errors) {
    var status = object.get(STATUS);
    var below = schema.properties().get(STATUS);
    if (status == null || below == null) {
      return false;
    }
    var path = Path.ROOT.child(STATUS);
    var found = ValueCheck.check(status, old.get(STATUS), below);
    found.tell(errors, path);
    lists(status, old.get(STATUS), below, path, errors);
    return found.isBlocking();
  }

  /// A value inside of a resource, such as a default.
  public static void value(JsonNode value, Structural schema, Path path, FieldErrors errors) {
    EmbeddedCheck.check(value, schema, path, errors);
    ValueCheck.check(value, null, schema).tell(errors, path);
  }

  /// Who had an item twice before may have it twice.
  private static void lists(
      JsonNode value, @Nullable JsonNode old, Structural schema, Path path, FieldErrors errors) {
    EmbeddedCheck.check(value, schema, path, errors);
    var before = new FieldErrors();
    if (old != null) {
      UniqueItems.check(old, schema, path, before);
    }
    if (before.isEmpty()) {
      UniqueItems.check(value, schema, path, errors);
    }
  }
}
