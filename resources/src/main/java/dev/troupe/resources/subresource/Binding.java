package dev.troupe.resources.subresource;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Binds a pod to a node, once. To which it was to go is then of no interest any more.
public record Binding() implements Subresource.Action {

  private static final Form FORM = new Form("", "v1", "Binding", "io.k8s.api.core.v1.Binding");

  @Override
  public String name() {
    return "binding";
  }

  @Override
  public Form form() {
    return FORM;
  }

  @Override
  public FieldErrors check(ObjectNode binding) {
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
    return errors;
  }

  @Override
  public Applied applied(ObjectNode binding, ObjectNode pod, String now) {
    var hindrance = hindrance(pod);
    if (hindrance != null) {
      return new Applied.Conflicting(
          "pod " + Json.text(Json.object(pod, "metadata"), "name") + " " + hindrance);
    }
    var bound = pod.deepCopy();
    Json.child(bound, "spec").put("nodeName", Json.text(Json.object(binding, "target"), "name"));
    copyAnnotations(binding, bound);
    var status = Json.child(bound, "status");
    status.remove("nominatedNodeName");
    setScheduled(status, now);
    return new Applied.Changed(bound);
  }

  private static @Nullable String hindrance(ObjectNode pod) {
    if (!Json.text(Json.object(pod, "metadata"), "deletionTimestamp").isEmpty()) {
      return "is being deleted, cannot be assigned to a host";
    }
    var node = Json.text(Json.object(pod, "spec"), "nodeName");
    if (!node.isEmpty()) {
      return "is already assigned to node \"" + node + "\"";
    }
    var gates = Json.list(Json.object(pod, "spec"), "schedulingGates");
    return gates != null && !gates.isEmpty() ? "has non-empty .spec.schedulingGates" : null;
  }

  private static void copyAnnotations(ObjectNode binding, ObjectNode pod) {
    for (var entry : Json.entries(Json.object(binding, "metadata"), "annotations")) {
      if (entry.getValue().isString()) {
        Json.child(Json.child(pod, "metadata"), "annotations")
            .set(entry.getKey(), entry.getValue());
      }
    }
  }

  private static void setScheduled(ObjectNode status, String now) {
    var conditions = Json.list(status, "conditions");
    var list = conditions == null ? status.putArray("conditions") : conditions;
    for (var condition : Json.objects(status, "conditions")) {
      if (Json.text(condition, "type").equals("PodScheduled")) {
        if (!Json.text(condition, "status").equals("True")) {
          condition.removeAll();
          fill(condition, now);
        }
        return;
      }
    }
    fill(list.addObject(), now);
  }

  private static void fill(ObjectNode condition, String now) {
    condition.put("type", "PodScheduled");
    condition.put("status", "True");
    condition.put("lastTransitionTime", now);
  }
}
