package dev.troupe.clusterconfig.assembly;

import dev.troupe.persistence.embedded.EmbeddedEventStore;
import dev.troupe.runtime.store.StoreException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a member keeps its events: below its data directory, or in a database.
///
/// @param url a JDBC URL without anything secret; null for the data directory
public record StoreLocation(@Nullable String url) {

  public static final StoreLocation EMBEDDED = new StoreLocation(null);

  private static final Pattern SECRET =
      Pattern.compile("[?&](password|sslpassword)=|//[^/@?]*@", Pattern.CASE_INSENSITIVE);

  /// @throws StoreException if it is no URL of a database that is known, or holds a password
  public static StoreLocation of(String url) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new StoreException(
          "a store is named by a URL such as jdbc:postgresql://host:5432/database");
    }
    if (SECRET.matcher(url).find()) {
      throw new StoreException(
          "the URL of a store is seen by everybody on this machine and must not hold a password;"
              + " use TROUPE_STORE_USER and TROUPE_STORE_PASSWORD");
    }
    return new StoreLocation(url);
  }

  /// Lets the engine do meanwhile what it need not be open for.
  public void prepare() {
    if (isEmbedded()) {
      Thread.ofPlatform().daemon().name("store-prepare").start(EmbeddedEventStore::prepare);
    }
  }

  public boolean isEmbedded() {
    return url == null;
  }
}
