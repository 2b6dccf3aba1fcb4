package dev.troupe.samples.failover;

import dev.troupe.samples.webpage.ContentDigest;
import dev.troupe.testkit.experiment.guest.GuestWork;
import dev.troupe.testkit.process.Api;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Twelve web pages, of which one gets new content each second, whatever becomes of members.
public final class PagesAtWork implements GuestWork {

  private static final int PAGES = 12;
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments/";
  private static final String SERVED =
      "/spec/template/metadata/annotations/webpage.troupe.dev~1content";
  private static final int SERVERS = 2;

  private int changes;

  @Override
  public String promise() {
    return "Each page has its servers, and they have its newest content.";
  }

  @Override
  public void begin(List<Path> kubeconfigs) {
    var api = Api.from(kubeconfigs.getFirst());
    pages()
        .forEach(page -> {
          var answer =
              api.post(
                  MAPS,
                  """
                  {"metadata": {"name": "%s", "labels": {"webpage.troupe.dev/serve": "true"}},
                   "data": {"index.html": "new"}}
                  """
                      .formatted(page));
          if (answer.code() != 201) {
            throw new IllegalStateException("there is no page: " + answer);
          }
        });
  }

  private static List<String> pages() {
    return IntStream.range(0, PAGES).mapToObj(number -> "page-" + number).toList();
  }

  /// Through one member after the other: one that is killed is not asked next time.
  @Override
  public void change(List<Path> kubeconfigs) {
    int change = changes++;
    var _ =
        Api.from(kubeconfigs.get(change % kubeconfigs.size()))
            .patch(
                MAPS + "/page-" + change % PAGES,
                "{\"data\": {\"index.html\": \"change %d\"}}".formatted(change));
  }

  @Override
  public List<String> amiss(List<Path> kubeconfigs) {
    var api = Api.from(kubeconfigs.getFirst());
    var amiss = new ArrayList<String>();
    for (var page : pages()) {
      var text = api.get(MAPS + "/" + page).body().at("/data/index.html").asString("");
      var wanted = ContentDigest.of(new ConfigMapBuilder().addToData("index.html", text).build());
      var deployment = api.get(DEPLOYMENTS + page).body();
      var served = deployment.at(SERVED).asString("");
      int servers = deployment.at("/status/availableReplicas").asInt(0);
      if (!served.equals(wanted)) {
        amiss.add("%s has content %s, its servers '%s'".formatted(page, wanted, served));
      } else if (servers != SERVERS) {
        amiss.add("%s has %d servers".formatted(page, servers));
      }
    }
    return amiss;
  }
}
