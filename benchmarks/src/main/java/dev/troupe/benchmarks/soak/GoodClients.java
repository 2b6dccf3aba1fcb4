package dev.troupe.benchmarks.soak;

import dev.troupe.benchmarks.server.Bodies;
import dev.troupe.testkit.process.Api;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Clients that do what they should: objects, deployments and namespaces that come and go, watchers
/// that read, lists of all there is.
final class GoodClients {

  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final int POPULATION = 3_000;
  private static final int REPLICAS = 10;
  private static final int LARGE = 100_000;

  private final Api api;

  GoodClients(Api api) {
    this.api = api;
  }

  /// @param namespaceEvery how often a namespace comes
  List<SoakClient> loads(Duration namespaceEvery) {
    return List.of(
        new SoakClient("config maps", Duration.ofMillis(50), this::configMap),
        new SoakClient("large updates", Duration.ofMillis(250), this::largeUpdate),
        new SoakClient("deployments", Duration.ofSeconds(2), this::deployment),
        new SoakClient("namespaces", namespaceEvery, number -> namespace("odd-" + number)),
        new SoakClient("more namespaces", namespaceEvery, number -> namespace("even-" + number)),
        new SoakClient("watches", Duration.ofMillis(100), this::watch),
        new SoakClient("lists", Duration.ofMillis(500), _ -> read("/api/v1/configmaps")));
  }

  /// So many clients that make and remove namespaces, each without a pause.
  List<SoakClient> namespaces(int clients) {
    return IntStream.range(0, clients)
        .mapToObj(i ->
            new SoakClient(
                "namespaces " + i, Duration.ZERO, number -> namespace("n" + i + "-" + number)))
        .toList();
  }

  /// What big lists list.
  void populate() {
    for (int i = 0; i < POPULATION; i++) {
      require(201, api.post(CONFIG_MAPS, Bodies.configMap("population", i)));
    }
  }

  /// Deletes everything, and waits until it is gone.
  void leave() throws InterruptedException {
    require(200, api.delete(CONFIG_MAPS + "?labelSelector=app%3Dbench"));
    api.delete(CONFIG_MAPS + "/large");
    for (var collection : List.of(DEPLOYMENTS, "/apis/apps/v1/namespaces/default/replicasets")) {
      require(200, api.delete(collection));
    }
    for (var kind : List.of("configmaps?labelSelector=app%3Dbench", "pods", "events")) {
      var path = "/api/v1/namespaces/default/" + kind;
      require(200, api.delete(path));
      UntilDone.await(path + " do not go", () -> api.get(path).body().path("items").isEmpty());
    }
  }

  private void configMap(long number) {
    var path = CONFIG_MAPS + "/soak-" + number;
    require(201, api.post(CONFIG_MAPS, Bodies.configMap("soak", number)));
    require(200, api.patch(path, "{\"data\":{\"more\":\"" + number + "\"}}"));
    require(200, api.get(path));
    require(200, api.delete(path));
  }

  private void largeUpdate(long number) {
    var body =
        """
        {"metadata":{"name":"large"},"data":{"number":"%d","filler":"%s"}}\
        """
            .formatted(number, "x".repeat(LARGE));
    if (api.send("PUT", CONFIG_MAPS + "/large", body, "application/json").code() == 404) {
      require(201, api.post(CONFIG_MAPS, body));
    }
  }

  private void deployment(long number) throws InterruptedException {
    var path = DEPLOYMENTS + "/soak-" + number;
    require(201, api.post(DEPLOYMENTS, Bodies.deployment("soak-" + number, REPLICAS)));
    awaitReady(path, REPLICAS);
    require(200, api.patch(path, "{\"spec\":{\"replicas\":3}}"));
    awaitReady(path, 3);
    require(200, api.delete(path));
    var pods = "/api/v1/namespaces/default/pods?labelSelector=app%3Dsoak-" + number;
    UntilDone.await(pods + " do not go", () -> api.get(pods).body().path("items").isEmpty());
  }

  private void awaitReady(String deployment, int replicas) throws InterruptedException {
    UntilDone.await(
        deployment + " does not get " + replicas + " replicas",
        () -> api.get(deployment).body().path("status").path("readyReplicas").asInt(0) == replicas);
  }

  private void namespace(String name) throws InterruptedException {
    var path = NAMESPACES + "/" + name;
    require(201, api.post(NAMESPACES, "{\"metadata\":{\"name\":\"" + name + "\"}}"));
    for (int i = 0; i < 3; i++) {
      require(201, api.post(path + "/configmaps", Bodies.configMap("object", i)));
    }
    require(200, api.delete(path));
    UntilDone.gone(api, path);
  }

  private void watch(long number) throws IOException {
    var selector = number % 2 == 0 ? "&labelSelector=app%3Dbench" : "";
    read("/api/v1/configmaps?watch=1&timeoutSeconds=5" + selector);
  }

  /// To its end, of which nothing is kept.
  private void read(String path) throws IOException {
    try (var body = api.watch(path)) {
      body.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void require(int code, Api.Answer answer) {
    if (answer.code() != code) {
      throw new IllegalStateException("answered with " + answer.code() + ": " + answer.body());
    }
  }
}
