package dev.troupe.resources.subresource;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What clients do with resources.
public enum Verb {
  CREATE,
  DELETE,
  DELETECOLLECTION,
  GET,
  LIST,
  PATCH,
  UPDATE,
  WATCH;

  static Set<Verb> only(Verb... verbs) {
    return Collections.unmodifiableSet(EnumSet.copyOf(Arrays.asList(verbs)));
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
