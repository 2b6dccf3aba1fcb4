package dev.troupe.resources.subresource;

import java.util.Set;

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
}
