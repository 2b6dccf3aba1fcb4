package dev.troupe.resources.subresource;

import java.util.Set;

/// What a container of a pod has printed.
public record Log() implements Subresource.Stream {

  private static final Set<Verb> VERBS = Verb.only(Verb.GET);

  @Override
  public String name() {
    return "log";
  }

  @Override
  public Set<Verb> verbs() {
    return VERBS;
  }

  @Override
  public boolean isLongRunning() {
    return true;
  }
}
