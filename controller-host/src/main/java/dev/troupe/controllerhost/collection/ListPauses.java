package dev.troupe.controllerhost.collection;

import dev.troupe.api.resource.TypeRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// How long to wait before a collection is listed again that could not be: longer and longer.
final class ListPauses {

  private static final long FIRST_MILLIS = 250;
  private static final long LONGEST_MILLIS = 15_000;
  private static final int MOST_DOUBLED = 8;

  private final Map<TypeRef, Integer> failures = new ConcurrentHashMap<>();
  private final RandomGenerator random;

  ListPauses(RandomGenerator random) {
    this.random = random;
  }

  /// It has failed once more.
  long next(TypeRef type) {
    int failed = failures.merge(type, 1, Integer::sum);
    long pause = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(MOST_DOUBLED, failed - 1));
    return pause / 2 + random.nextLong(pause / 2 + 1);
  }

  void over(TypeRef type) {
    failures.remove(type);
  }
}
