package dev.troupe.resources.subresource;

import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.kind.SpecFinalizers;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The finalizers of a namespace's content, which only whoever removes the content may write.
public record Finalize() implements Subresource.Part {

  private static final Set<Verb> VERBS = Verb.only(Verb.UPDATE);

  @Override
  public String name() {
    return "finalize";
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
    var finalizers = SpecFinalizers.of(object);
    Status.allButMetadata(object, current);
    SpecFinalizers.set(object, finalizers);
  }
}
