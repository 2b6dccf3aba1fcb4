package dev.troupe.clusterconfig.discovery;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Members that are the pods of a label selector in one namespace, as the API of the cluster tells
/// that they run in. A pod that has a name of its own in the DNS, as those of a StatefulSet, is
/// called by it, any other by its address.
final class KubernetesPods implements Seeds {

  private static final Duration ANSWER = Duration.ofSeconds(4);
  private static final int MOST_PODS = 100;

  /// Of a hundred pods; whatever is longer is no list of them.
  private static final long MOST_BYTES = 8L << 20;

  /// Which pods.
  ///
  /// @param domain of the names of pods, as `cluster.local`
  record Search(String namespace, String selector, int port, String domain) {}

  private final KubernetesAccess access;
  private final Search search;

  KubernetesPods(KubernetesAccess access, Search search) {
    this.access = access;
    this.search = search;
  }

  @Override
  public CompletionStage<List<String>> find() {
    return Lookup.of(() -> seeds(list()).toList());
  }

  private JsonNode list() {
    try {
      var answer =
          access
              .client()
              .send(request(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
      if (answer.statusCode() != 200) {
        throw refused(answer.statusCode());
      }
      return JsonMapper.shared().readTree(answer.body());
    } catch (IOException | JacksonException failure) {
      throw new LookupFailedException(
          "the Kubernetes API at %s does not tell the pods: %s".formatted(access.server(), failure),
          failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LookupFailedException("interrupted while members are looked up", interrupted);
    }
  }

  private HttpRequest request() throws IOException {
    var selector = URLEncoder.encode(search.selector(), StandardCharsets.UTF_8);
    var path =
        "/api/v1/namespaces/%s/pods?labelSelector=%s&limit=%d"
            .formatted(search.namespace(), selector, MOST_PODS);
    return HttpRequest.newBuilder(access.server().resolve(path))
        .timeout(ANSWER)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + access.token())
        .build();
  }

  private LookupFailedException refused(int code) {
    var what =
        switch (code) {
          case 401, 403 ->
              "the service account of this pod may not list the pods of namespace %s (%d): give it a role that may"
                  .formatted(search.namespace(), code);
          default -> "the Kubernetes API at %s answers %d".formatted(access.server(), code);
        };
    return new LookupFailedException(what, null);
  }

  private Stream<String> seeds(JsonNode list) {
    return list.path("items")
        .valueStream()
        .map(this::host)
        .flatMap(Optional::stream)
        .map(host -> host + ":" + search.port());
  }

  /// None of a pod that has ended, or has neither name nor address yet.
  private Optional<String> host(JsonNode pod) {
    var phase = pod.path("status").path("phase").asString("");
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return Optional.empty();
    }
    var name = pod.path("spec").path("hostname").asString("");
    var subdomain = pod.path("spec").path("subdomain").asString("");
    if (!name.isEmpty() && !subdomain.isEmpty()) {
      return Optional.of(
          "%s.%s.%s.svc.%s".formatted(name, subdomain, search.namespace(), search.domain()));
    }
    var address = pod.path("status").path("podIP").asString("");
    return address.isEmpty()
        ? Optional.empty()
        : Optional.of(address.contains(":") ? "[" + address + "]" : address);
  }
}
