package dev.troupe.clients;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/// Programs that `src/test/fetch` has brought into the cache. Under `TROUPE_REQUIRE_CLIENTS` it is
/// a failure that one is not there, not a reason to skip.
final class Fetched {

  private Fetched() {}

  /// @param name below the cache
  static Path program(String name) {
    var file = cache().resolve(name);
    if (!Files.exists(file)) {
      var text = file + " is not there: clients/src/test/fetch brings it";
      if (System.getenv("TROUPE_REQUIRE_CLIENTS") != null) {
        throw new IllegalStateException(text + ", or unset TROUPE_REQUIRE_CLIENTS");
      }
      abort("skipped: " + text);
    }
    return file;
  }

  private static Path cache() {
    var caches = System.getenv("XDG_CACHE_HOME");
    var root =
        caches == null || caches.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(caches);
    return root.resolve("troupe").resolve("clients");
  }
}
