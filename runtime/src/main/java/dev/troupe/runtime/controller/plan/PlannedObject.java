package dev.troupe.runtime.controller.plan;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.controller.view.Types;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// An object that a plan owns or applies, as JSON: without what the store gives, and with namespace
/// and owner where the plan leaves them out.
final class PlannedObject {

  private static final List<String> GIVEN_BY_THE_STORE =
      List.of("uid", "resourceVersion", "generation", "creationTimestamp", "managedFields");

  private PlannedObject() {}

  /// The object's key; without a name as long as that is not made. In the namespace of the subject
  /// if it names none.
  ///
  /// @throws IllegalArgumentException if its type is not served
  static ResourceKey key(HasMetadata object, Types types, Subject subject) {
    var type = types.of(object);
    var metadata = object.getMetadata();
    var name = metadata.getName();
    var namespace = metadata.getNamespace();
    var home = namespace == null ? subject.key().namespace() : namespace;
    return new ResourceKey(type.ref(), type.namespaced() ? home : "", name == null ? "" : name);
  }

  /// @param owns whether the subject becomes its owner
  static ObjectNode tree(HasMetadata object, Types types, Subject subject, boolean owns) {
    var planned = (ObjectNode) ControllerJson.tree(object);
    var metadata = planned.withObjectProperty("metadata");
    metadata.remove(GIVEN_BY_THE_STORE);
    var namespace = key(object, types, subject).namespace();
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    if (owns) {
      var references = metadata.withArrayProperty("ownerReferences");
      if (!List.copyOf(references.findValuesAsString("uid")).contains(subject.uid())) {
        references.add(subject.reference());
      }
    }
    return planned;
  }

  /// With a name, if it has none, that is the same whenever this write is made again.
  static ObjectNode named(ObjectNode planned, String mutationKey) {
    var metadata = planned.withObjectProperty("metadata");
    if (metadata.path("name").asString("").isEmpty()) {
      var suffix = Stamp.uid(mutationKey).substring(0, 5);
      metadata.put("name", metadata.path("generateName").asString("") + suffix);
    }
    return planned;
  }
}
