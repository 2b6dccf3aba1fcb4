package dev.troupe.testkit.experiment.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.Api;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

@Timeout(30)
class CollectionWitnessTest {

  private final SmallServer server = new SmallServer(null);

  private void put(String name) {
    server.put(
        "configmaps",
        (ObjectNode)
            Api.JSON.readTree(
                "{\"metadata\":{\"namespace\":\"n\",\"name\":\"%s\"}}".formatted(name)));
  }

  @Test
  void whoIsToldThatItsPastIsGoneListsAnew() throws InterruptedException {
    put("a");
    try (var witness =
        new CollectionWitness(
            WatchedCollection.CONFIG_MAPS, List.of(server, server), System::nanoTime)) {
      witness.awaitLists(1);
      assertThat(witness.informed(Optional.empty()).gapless()).isTrue();
      put("b");
      server.forget();
      witness.awaitLists(2);
      assertThat(witness.held()).containsOnlyKeys("n/a", "n/b");
      assertThat(witness.informed(Optional.empty()).gapless()).isFalse();
    }
  }

  @Test
  void pastThatIsGoneIsNotHeldAgainstAnybody() throws InterruptedException {
    put("a");
    var past = new PastWitness(List.of(server), System::nanoTime);
    var witness =
        new CollectionWitness(WatchedCollection.CONFIG_MAPS, List.of(server), System::nanoTime);
    try (witness) {
      witness.awaitLists(1);
      assertThat(past.ask(witness))
          .singleElement()
          .satisfies(asked -> assertThat(asked.expired()).isFalse());
    }
    server.forget();
    assertThat(past.ask(witness))
        .singleElement()
        .satisfies(asked -> {
          assertThat(asked.expired()).isTrue();
          assertThat(asked.changes()).isEmpty();
        });
  }
}
