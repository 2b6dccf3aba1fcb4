package dev.troupe.clusterconfig.engine;

import dev.troupe.runtime.store.StoreException;
import java.util.List;
import java.util.regex.Pattern;

/// The engines that a store can be of. Whoever adds one adds it here, and nowhere else.
public record Engines(List<Engine> known) {

  public static final Engines STANDARD =
      new Engines(List.of(new EmbeddedEngine(), new PostgresEngine()));

  private static final Pattern SECRET =
      Pattern.compile("[?&](password|sslpassword)=|//[^/@?]*@", Pattern.CASE_INSENSITIVE);

  public Engines {
    known = List.copyOf(known);
  }

  /// The store of a data directory.
  public StoreLocation belowData() {
    return known.stream()
        .filter(Engine::keepsFiles)
        .findFirst()
        .map(engine -> new StoreLocation(engine, ""))
        .orElseThrow();
  }

  /// The store that a URL names.
  ///
  /// @throws StoreException if it is no URL of a store that is known, or holds a password
  public StoreLocation at(String url) {
    var engine =
        known.stream()
            .filter(some -> some.isNamedBy(url))
            .findFirst()
            .orElseThrow(() ->
                new StoreException(
                    "a store is named by a URL such as jdbc:postgresql://host:5432/database"));
    if (SECRET.matcher(url).find()) {
      throw new StoreException(
          "the URL of a store is seen by everybody on this machine and must not hold a password;"
              + " use TROUPE_STORE_USER and TROUPE_STORE_PASSWORD");
    }
    return new StoreLocation(engine, url);
  }
}
