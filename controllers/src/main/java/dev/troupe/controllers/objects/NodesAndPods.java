package dev.troupe.controllers.objects;

import dev.troupe.api.controller.Change;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;

/// What a controller that follows nodes and pods keeps of them.
public interface NodesAndPods {

  TypeRef NODES = Keys.type(Node.class);

  void put(Node node);

  void removeNode(String name);

  void put(ResourceKey key, Pod pod);

  void remove(ResourceKey key);

  /// Takes in what has become of a node or a pod.
  default void apply(Change change) {
    if (change.key().type().equals(NODES)) {
      var node = change.as(Node.class);
      if (change.deleted() || node == null) {
        removeNode(change.key().name());
      } else {
        put(node);
      }
    } else {
      var pod = change.as(Pod.class);
      if (change.deleted() || pod == null) {
        remove(change.key());
      } else {
        put(change.key(), pod);
      }
    }
  }
}
