package dev.troupe.benchmarks.failover;

import dev.troupe.testkit.process.ApiCalls;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Asks controllers for something new, and looks when they have done it: a deployment, of which one
/// makes a replica set.
final class ControllerProbe {

  private static final Duration STEP = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String APPS = "/apis/apps/v1/namespaces/default/";

  private final ApiCalls api;
  private final String name;

  ControllerProbe(ApiCalls api, String name) {
    this.api = api;
    this.name = "probe-" + name;
  }

  /// @return after how many nanoseconds since a moment controllers had acted; fails if they do not
  CompletableFuture<Long> start(long since) {
    var answer = new CompletableFuture<Long>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            answer.complete(run(since));
          } catch (InterruptedException | RuntimeException failure) {
            answer.completeExceptionally(failure);
          }
        });
    return answer;
  }

  private long run(long since) throws InterruptedException {
    boolean created = false;
    while (System.nanoTime() - since < PATIENCE.toNanos()) {
      try {
        created = created || isCreated(api.post(APPS + "deployments", deployment()).code());
        if (created && hasReplicaSet()) {
          return System.nanoTime() - since;
        }
      } catch (UncheckedIOException unanswered) {
        // Asked again.
      }
      Thread.sleep(STEP);
    }
    throw new IllegalStateException("no controller has acted for " + PATIENCE.toSeconds() + " s");
  }

  /// It may have been created by a request whose answer was lost.
  private static boolean isCreated(int code) {
    return code == 201 || code == 409;
  }

  private boolean hasReplicaSet() {
    var answer = api.get(APPS + "replicasets?labelSelector=app%3D" + name);
    return answer.code() == 200 && !answer.body().path("items").isEmpty();
  }

  private String deployment() {
    return """
    {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s"},
     "spec":{"replicas":0,"selector":{"matchLabels":{"app":"%1$s"}},
      "template":{"metadata":{"labels":{"app":"%1$s"}},
       "spec":{"containers":[{"name":"web","image":"web:1"}]}}}}
    """
        .formatted(name);
  }
}
