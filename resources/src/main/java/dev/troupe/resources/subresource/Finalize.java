package dev.troupe.resources.subresource;

import java.util.Set;

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
}
