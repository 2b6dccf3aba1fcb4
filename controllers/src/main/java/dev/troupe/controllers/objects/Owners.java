package dev.troupe.controllers.objects;

import dev.troupe.api.controller.Plan.Write;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Owner references: who controls an object, and the patches that change it.
public final class Owners {

  private Owners() {}

  public static List<OwnerReference> of(HasMetadata object) {
    var owners = object.getMetadata().getOwnerReferences();
    return owners == null ? List.of() : owners;
  }

  public static Optional<OwnerReference> controllerOf(HasMetadata object) {
    return of(object).stream().filter(o -> Boolean.TRUE.equals(o.getController())).findFirst();
  }

  public static boolean controls(HasMetadata owner, HasMetadata object) {
    return controllerOf(object)
        .filter(o -> o.getUid().equals(owner.getMetadata().getUid()))
        .isPresent();
  }

  /// Makes `owner` the controller of `object`, as both are now.
  public static Write adopt(HasMetadata owner, HasMetadata object) {
    var references = new ArrayList<Map<String, Object>>();
    of(object).forEach(reference -> references.add(json(reference)));
    references.add(json(controllerReference(owner)));
    return replace(object, references);
  }

  /// Takes the reference to `owner` from `object`.
  public static Write release(HasMetadata owner, HasMetadata object) {
    return replace(
        object,
        of(object).stream()
            .filter(reference -> !reference.getUid().equals(owner.getMetadata().getUid()))
            .map(Owners::json)
            .toList());
  }

  public static OwnerReference controllerReference(HasMetadata owner) {
    var reference = new OwnerReference();
    reference.setApiVersion(owner.getApiVersion());
    reference.setKind(owner.getKind());
    reference.setName(owner.getMetadata().getName());
    reference.setUid(owner.getMetadata().getUid());
    reference.setController(true);
    reference.setBlockOwnerDeletion(true);
    return reference;
  }

  public static Map<String, Object> json(OwnerReference reference) {
    var json = new LinkedHashMap<String, Object>();
    json.put("apiVersion", reference.getApiVersion());
    json.put("kind", reference.getKind());
    json.put("name", reference.getName());
    json.put("uid", reference.getUid());
    if (reference.getController() != null) {
      json.put("controller", reference.getController());
    }
    if (reference.getBlockOwnerDeletion() != null) {
      json.put("blockOwnerDeletion", reference.getBlockOwnerDeletion());
    }
    return json;
  }

  private static Write replace(HasMetadata object, List<Map<String, Object>> references) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("ownerReferences", references.isEmpty() ? null : references);
    return new Write.Patch(
        Keys.of(object),
        "",
        Map.of("metadata", metadata),
        object.getMetadata().getUid(),
        object.getMetadata().getResourceVersion());
  }
}
