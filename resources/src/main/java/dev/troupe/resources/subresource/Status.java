package dev.troupe.resources.subresource;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Kind;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What was observed of the resource: written by whoever observes, never together with the rest.
public record Status() implements Subresource.Part {

  private static final Set<Verb> VERBS = Verb.only(Verb.GET, Verb.PATCH, Verb.UPDATE);

  @Override
  public String name() {
    return "status";
  }

  @Override
  public Set<Verb> verbs() {
    return VERBS;
  }

  @Override
  public boolean isChecked() {
    return false;
  }

  @Override
  public void keep(Kind kind, boolean hasStatus, ObjectNode object, ObjectNode current) {
    var status = object.get("status");
    allButMetadata(object, current);
    if (status == null) {
      object.remove("status");
    } else {
      object.set("status", status);
    }
    var metadata = Json.child(object, "metadata");
    var before = Json.object(current, "metadata");
    kind.keptByStatus().forEach(field -> Json.copy(field, before, metadata));
  }

  /// Puts back what stays as it is when a part is written.
  static void allButMetadata(ObjectNode object, ObjectNode current) {
    var metadata = Json.child(object, "metadata");
    object.removeAll();
    object.setAll(current.deepCopy());
    object.set("metadata", metadata);
  }
}
