package dev.troupe.clusterconfig.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.runtime.store.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class EnginesTest {

  @Test
  void urlOfAPostgresqlDatabaseIsTaken() {
    var url = "jdbc:postgresql://db.example:5432/troupe?sslmode=verify-full";

    assertThat(Engines.STANDARD.at(url).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "postgresql://db/troupe", "jdbc:mysql://db/troupe", "/var/lib"})
  void anythingElseIsRefused(String url) {
    assertThatThrownBy(() -> Engines.STANDARD.at(url))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("jdbc:postgresql://");
  }

  @Test
  void storeOfADataDirectoryCannotBeShared() {
    var opening =
        new StoreOpening(Path.of("store"), ConfigFactory.empty(), InstantSource.system(), _ -> {});

    assertThatThrownBy(() -> Engines.STANDARD.belowData().openShared(opening))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("one member's alone")
        .hasMessageContaining("jdbc:postgresql://host:5432/database");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/troupe?password=geheim",
        "jdbc:postgresql://db/troupe?user=ada&Password=geheim",
        "jdbc:postgresql://ada:geheim@db/troupe"
      })
  void passwordInAUrlIsRefusedAndNotRepeated(String url) {
    assertThatThrownBy(() -> Engines.STANDARD.at(url))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("TROUPE_STORE_PASSWORD")
        .hasMessageNotContainingAny("geheim");
  }
}
