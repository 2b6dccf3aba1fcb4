package dev.troupe.resources.subresource;

import java.util.Set;

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
}
