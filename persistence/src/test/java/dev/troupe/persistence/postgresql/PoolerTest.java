package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What hands out sessions of the database to its clients.
class PoolerTest {

  private final PostgresSettings direct = PostgresServer.of("18").database();
  private final String place = direct.url().replaceFirst(".*:(\\d+)/.*", "$1");

  private PostgresEventStore open(Pooler pooler) {
    return PostgresEventStore.open(
        PostgresServer.settings(direct.url().replace(":" + place + "/", ":" + pooler.port() + "/")),
        InstantSource.fixed(NOW));
  }

  @Tag("thorough")
  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void poolerIsRefusedWithASentence(Pooler.Sharing sharing) throws IOException {
    try (var pooler = new Pooler(Integer.parseInt(place), sharing)) {
      assertThatThrownBy(() -> open(pooler))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("shares its sessions between clients")
          .hasMessageContaining("name the database itself, or let it pool sessions");
    }
  }

  @Test
  void whoHandsOutSessionsAsTheyAreIsNoTrouble() throws IOException {
    try (var pooler = new Pooler(Integer.parseInt(place), Pooler.Sharing.NONE);
        var store = open(pooler)) {
      assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(1);
    }
  }
}
