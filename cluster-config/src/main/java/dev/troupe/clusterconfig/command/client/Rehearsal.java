package dev.troupe.clusterconfig.command.client;

import dev.troupe.clusterconfig.command.client.AdminClient.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// What clients ask of a server, often enough that a JVM which watches learns what is done all the
/// time: it keeps with its cache which methods those are and which branches they take, so that a
/// later start compiles them early and well.
///
/// Works for a fixed number of rounds, on a slow machine for a fixed time.
public final class Rehearsal {

  private static final String TABLE =
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
  private static final String JSON = "application/json";
  private static final String MERGE = "application/merge-patch+json";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";

  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

  private static final List<String> READS =
      List.of(
          "/readyz",
          "/version",
          "/api",
          "/apis",
          "/openapi/v3",
          "/api/v1/nodes",
          "/api/v1/pods",
          CONFIG_MAPS,
          CONFIG_MAPS + "?limit=50",
          CONFIG_MAPS + "?labelSelector=app%3Drehearsal",
          DEPLOYMENTS);

  private static final int CLIENTS = 8;
  private static final int REPLICAS = 300;
  private static final int READ_EVERY = 25;
  private static final Duration LONGEST = Duration.ofSeconds(45);
  private static final Duration LONGEST_ROLLOUT = Duration.ofSeconds(15);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final List<AdminClient> clients;
  private final String run;
  private final int rounds;

  /// @param clients take turns
  /// @param run names what is made, unlike that of any other run
  /// @param rounds of each of several clients at once
  public Rehearsal(List<AdminClient> clients, String run, int rounds) {
    this.clients = clients;
    this.run = run;
    this.rounds = rounds;
  }

  /// @throws IllegalStateException if something is refused or not answered
  public void play() {
    long end = System.nanoTime() + LONGEST.toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      rollOut(System.nanoTime() + LONGEST_ROLLOUT.toNanos());
      var writers =
          CompletableFuture.allOf(
              IntStream.range(0, CLIENTS)
                  .mapToObj(number -> CompletableFuture.runAsync(() -> write(number, end), threads))
                  .toArray(CompletableFuture<?>[]::new));
      for (var kind : List.of("configmaps", "pods")) {
        threads.execute(() -> watch(kind, writers));
      }
      writers.join();
      var deployment = DEPLOYMENTS + "/" + run;
      require(200, of(0).send("PATCH", deployment, STRATEGIC, "{\"spec\":{\"replicas\":1}}"));
      require(200, of(0).send("DELETE", deployment, JSON, ""));
    }
  }

  /// As many pods as the nodes take, so that what is done for each is known to be hot.
  private void rollOut(long end) {
    var deployment =
        """
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "%1$s"},
         "spec": {"replicas": %2$d, "selector": {"matchLabels": {"app": "%1$s"}},
           "template": {"metadata": {"labels": {"app": "%1$s"}},
             "spec": {"containers": [{"name": "main", "image": "rehearsal"}]}}}}
        """
            .formatted(run, REPLICAS);
    require(201, of(0).send("POST", DEPLOYMENTS, JSON, deployment));
    var ready = "\"readyReplicas\":" + REPLICAS;
    while (System.nanoTime() < end
        && of(0)
            .get(DEPLOYMENTS + "/" + run, JSON)
            .filter(a -> a.body().contains(ready))
            .isEmpty()) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private void watch(String kind, CompletableFuture<Void> writers) {
    var path = "/api/v1/" + kind + "?watch=1&timeoutSeconds=2";
    while (!writers.isDone()) {
      try (var changes = of(0).download(path)) {
        changes.transferTo(OutputStream.nullOutputStream());
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  private void write(int number, long end) {
    var client = of(number);
    for (int i = 0; i < rounds && System.nanoTime() < end; i++) {
      var name = run + "-" + number + "-" + i;
      var path = CONFIG_MAPS + "/" + name;
      require(201, client.send("POST", CONFIG_MAPS, JSON, configMap(name, "one")));
      require(200, client.get(path, JSON));
      require(200, client.send("PATCH", path, MERGE, "{\"data\":{\"more\":\"" + i + "\"}}"));
      require(200, client.send("PUT", path, JSON, configMap(name, "two")));
      if (i % 2 == 0) {
        require(200, client.send("DELETE", path, JSON, ""));
      }
      if (i % READ_EVERY == number) {
        READS.forEach(read -> require(200, client.get(read, accept(read))));
      }
    }
  }

  /// Collections as people see them, selected ones as programs do.
  private static String accept(String read) {
    return read.endsWith("s") ? TABLE : JSON;
  }

  private static String configMap(String name, String value) {
    return """
    {"apiVersion": "v1", "kind": "ConfigMap",
     "metadata": {"name": "%s", "labels": {"app": "rehearsal"}},
     "data": {"value": "%s", "filler": "%s"}}
    """
        .formatted(name, value, "x".repeat(1_000));
  }

  private AdminClient of(int number) {
    return clients.get(number % clients.size());
  }

  private static void require(int code, Optional<Answer> answer) {
    if (answer.isEmpty() || answer.get().code() != code) {
      throw new IllegalStateException(
          "the rehearsal wanted %d: %s".formatted(code, answer.map(Answer::toString).orElse("-")));
    }
  }
}
