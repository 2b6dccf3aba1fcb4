package dev.troupe.resources.subresource;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Kind;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The resource itself.
public record Whole() implements Subresource.Part {

  private static final Set<Verb> VERBS = Verb.only(Verb.values());

  @Override
  public String name() {
    return "";
  }

  @Override
  public Set<Verb> verbs() {
    return VERBS;
  }

  @Override
  public boolean isChecked() {
    return true;
  }

  @Override
  public void keep(Kind kind, boolean hasStatus, ObjectNode object, ObjectNode current) {
    if (hasStatus) {
      Json.copy("status", current, object);
    }
    kind.keep(object, current);
  }
}
