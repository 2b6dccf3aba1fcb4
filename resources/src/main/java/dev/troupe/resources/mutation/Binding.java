package dev.troupe.resources.mutation;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Binds a pod to a node, once.
final class Binding {

  private Binding() {}

  static MutationResult bind(Target target, ObjectNode binding, ObjectNode pod) {
    check(target, binding);
    Preconditions.check(target, binding, pod, true);
    checkUnbound(target, pod);
    var bound = pod.deepCopy();
    Json.child(bound, "spec").put("nodeName", Json.text(Json.object(binding, "target"), "name"));
    copyAnnotations(binding, bound);
    setScheduled(target, Json.child(bound, "status"));
    return Change.store(target, bound, pod);
  }

  private static void check(Target target, ObjectNode binding) {
    var name = Json.text(Json.object(binding, "metadata"), "name");
    if (!name.isEmpty() && !name.equals(target.name())) {
      throw new Refusing(Refusal.badRequest("name in URL does not match name in Binding object"));
    }
    var node = Json.object(binding, "target");
    var errors = new FieldErrors();
    var path = Path.ROOT.child("target");
    var kind = Json.text(node, "kind");
    if (!kind.isEmpty() && !kind.equals("Node")) {
      errors.notSupported(path.child("kind"), kind, List.of("Node", "<empty>"));
    }
    if (Json.text(node, "name").isEmpty()) {
      errors.required(path.child("name"), "");
    }
    if (!errors.isEmpty()) {
      throw new Refusing(Invalid.of("", "Binding", target.name(), errors.all()));
    }
  }

  private static void checkUnbound(Target target, ObjectNode pod) {
    if (Metadata.isDeleting(pod)) {
      throw conflict(target, "is being deleted, cannot be assigned to a host");
    }
    var node = Json.text(Json.object(pod, "spec"), "nodeName");
    if (!node.isEmpty()) {
      throw conflict(target, "is already assigned to node \"" + node + "\"");
    }
    var gates = Json.list(Json.object(pod, "spec"), "schedulingGates");
    if (gates != null && !gates.isEmpty()) {
      throw conflict(target, "has non-empty .spec.schedulingGates");
    }
  }

  private static Refusing conflict(Target target, String why) {
    return new Refusing(
        new Refusal(
            StatusReason.CONFLICT,
            "Operation cannot be fulfilled on pods/binding \""
                + target.name()
                + "\": pod "
                + target.name()
                + " "
                + why,
            new Refusal.Details(target.name(), "", "pods/binding", "", List.of()),
            0));
  }

  private static void copyAnnotations(ObjectNode binding, ObjectNode pod) {
    for (var entry : Json.entries(Json.object(binding, "metadata"), "annotations")) {
      if (entry.getValue().isString()) {
        Json.child(Metadata.of(pod), "annotations").set(entry.getKey(), entry.getValue());
      }
    }
  }

  private static void setScheduled(Target target, ObjectNode status) {
    var conditions = Json.list(status, "conditions");
    var list = conditions == null ? status.putArray("conditions") : conditions;
    for (var condition : Json.objects(status, "conditions")) {
      if (Json.text(condition, "type").equals("PodScheduled")) {
        if (!Json.text(condition, "status").equals("True")) {
          condition.removeAll();
          fill(target, condition);
        }
        return;
      }
    }
    fill(target, list.addObject());
  }

  private static void fill(Target target, ObjectNode condition) {
    condition.put("type", "PodScheduled");
    condition.put("status", "True");
    condition.put("lastTransitionTime", target.now());
  }
}
