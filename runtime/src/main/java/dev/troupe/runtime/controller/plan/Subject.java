package dev.troupe.runtime.controller.plan;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.controller.view.FieldName;
import dev.troupe.runtime.resource.StoredResource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The reconciled object as it was seen: what writes about it need to know. Read from its bytes
/// only when something is asked that is nowhere else.
public final class Subject {

  private final StoredResource resource;
  private @Nullable ObjectNode tree;

  private Subject(StoredResource resource) {
    this.resource = resource;
  }

  public static Subject of(StoredResource resource) {
    return new Subject(resource);
  }

  /// Not to be modified.
  ObjectNode tree() {
    var known = tree;
    if (known == null) {
      known = ControllerJson.object(resource.json());
      tree = known;
    }
    return known;
  }

  public ResourceKey key() {
    return resource.key();
  }

  public String uid() {
    return resource.uid();
  }

  public long version() {
    return resource.version();
  }

  public String apiVersion() {
    return tree().path("apiVersion").asString();
  }

  public String kind() {
    return tree().path("kind").asString();
  }

  /// 0 if its type counts none.
  long generation() {
    return tree().path("metadata").path("generation").asLong(0);
  }

  public boolean deleting() {
    return FieldName.DELETION.isIn(resource.json())
        && tree().path("metadata").hasNonNull("deletionTimestamp");
  }

  public List<String> finalizers() {
    return tree().path("metadata").path("finalizers").valueStream().map(f -> f.asString()).toList();
  }

  ObjectNode reference() {
    return ControllerJson.empty()
        .put("apiVersion", apiVersion())
        .put("kind", kind())
        .put("name", key().name())
        .put("uid", uid())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }
}
