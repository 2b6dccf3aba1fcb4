package dev.troupe.testkit.audit;

import dev.troupe.testkit.audit.Observation.Listed;
import dev.troupe.testkit.audit.Observation.Seen;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How a list differs from what it should be, for people.
final class ListDifferences {

  private static final int MOST = 5;

  private ListDifferences() {}

  static String between(Map<String, Seen> expected, Listed list) {
    var keys = new TreeSet<>(expected.keySet());
    keys.addAll(list.objects().keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(expected.get(key), list.objects().get(key)))
        .limit(MOST)
        .map(key -> shown(key, list.objects().get(key), expected.get(key)))
        .collect(Collectors.joining("; "));
  }

  private static String shown(
      String key,
      @org.jspecify.annotations.Nullable Seen is,
      @org.jspecify.annotations.Nullable Seen expected) {
    return "has " + key + " as " + is + ", the events say " + expected;
  }
}
