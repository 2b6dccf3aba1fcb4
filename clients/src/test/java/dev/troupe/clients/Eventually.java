package dev.troupe.clients;

import dev.troupe.testkit.process.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Waits until the API shows something.
final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Eventually() {}

  /// @return what was read when it was so
  static JsonNode get(Api api, String path, Predicate<JsonNode> wanted) {
    var until = Instant.now().plus(PATIENCE);
    var seen = api.get(path).body();
    while (!wanted.test(seen)) {
      if (Instant.now().isAfter(until)) {
        throw new AssertionError(path + " does not become what is wanted, but is\n" + seen);
      }
      pause();
      seen = api.get(path).body();
    }
    return seen;
  }

  static void gone(Api api, String path) {
    get(api, path, seen -> seen.at("/code").asInt(0) == 404);
  }

  /// The status of a condition; empty if there is none of this type.
  static String condition(JsonNode object, String type) {
    for (var condition : object.at("/status/conditions")) {
      if (condition.at("/type").asString().equals(type)) {
        return condition.at("/status").asString();
      }
    }
    return "";
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
