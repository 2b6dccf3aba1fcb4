package dev.troupe.clusterconfig.endtoend;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.audit.Audit;
import dev.troupe.testkit.audit.Observation;
import dev.troupe.testkit.load.DueRequest;
import dev.troupe.testkit.load.Impact;
import dev.troupe.testkit.load.LoadSettings;
import dev.troupe.testkit.load.OpenLoad;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The load that members are under when they are killed, on a server to which nothing happens.
@Tag("thorough")
class OpenLoadIT {

  private static final Duration LONG = Duration.ofSeconds(5);

  @TempDir private Path directory;

  @Test
  void everyRequestIsMadeWhenItIsDueAndNothingIsWrong() throws InterruptedException {
    try (var troupe = TroupeProcess.up(directory.resolve("data"), 0)) {
      var servers =
          OpenLoad.servers(
              List.of(
                  Api.overOneConnection(troupe.kubeconfig()),
                  Api.overOneConnection(troupe.kubeconfig())));
      var settings =
          new LoadSettings("quiet", LoadSettings.spread(8), 80, 40, Duration.ofMillis(250));
      try (var load = OpenLoad.start(servers, settings)) {
        long begin = System.nanoTime();
        Thread.sleep(LONG);
        load.end();
        assertThat(Audit.of(load.history())).isEmpty();
        assertThat(load.requests()).allMatch(DueRequest::succeeded);
        eachIsDueInItsTurn(load.requests());
        var impact = Impact.of(load.requests(), load.sightings(), begin, -1, Set.of());
        assertThat(impact.failed()).isEmpty();
        assertThat(load.sightings()).allSatisfy(watch -> assertThat(watch.watches()).isOne());
      }
    }
  }

  @Test
  void clientsOfEveryKindSeeNothingThatIsWrong() throws InterruptedException {
    try (var troupe = TroupeProcess.up(directory.resolve("data"), 0)) {
      var servers = OpenLoad.servers(List.of(Api.overOneConnection(troupe.kubeconfig())));
      var settings =
          new LoadSettings("all", LoadSettings.spread(2), 10, 10, Duration.ofMillis(500));
      try (var load = OpenLoad.start(servers, settings)) {
        load.contend(settings.namespaces().getFirst(), 4, 40);
        load.mix(LoadSettings.many("crud", 4, 8), 20, 4, 80, new Random(1));
        load.walk(LoadSettings.many("walk", 12, 8), 3, 30);
        load.listAndWatch(2, Duration.ofMillis(500));
        load.reconnect(2, Duration.ofMillis(500));
        Thread.sleep(LONG);
        load.end();
        assertThat(Audit.of(load.history())).isEmpty();
        assertThat(load.requests()).allMatch(DueRequest::succeeded);
        for (var verb : List.of("write", "read", "list", "contend", "mix", "walk")) {
          assertThat(load.requests())
              .filteredOn(request -> request.client().startsWith(verb + " "))
              .as(verb)
              .hasSizeGreaterThan(20);
        }
        assertThat(load.sightings()).hasSize(5);
        assertThat(load.sightings().getLast().watches()).isGreaterThan(3);
        assertThat(load.history().entries())
            .filteredOn(Observation.Operation.class::isInstance)
            .extracting(entry -> ((Observation.Operation) entry).kind())
            .contains(Observation.Kind.values());
      }
    }
  }

  /// Whoever had to wait for an answer leaves nothing out.
  private static void eachIsDueInItsTurn(List<DueRequest> requests) {
    var dues =
        requests.stream()
            .filter(request -> request.client().startsWith("write"))
            .collect(groupingBy(DueRequest::client, mapping(DueRequest::due, toList())));
    assertThat(dues).hasSize(16);
    dues.values()
        .forEach(ofOne -> {
          for (int i = 1; i < ofOne.size(); i++) {
            assertThat(ofOne.get(i) - ofOne.get(i - 1)).isEqualTo(200_000_000);
          }
        });
  }
}
