package dev.troupe.samples.failover;

import dev.troupe.samples.webpage.WebPages;
import dev.troupe.testkit.experiment.guest.GuestWork;
import dev.troupe.testkit.process.Api;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Twelve web pages, of which one gets new content each second, whatever becomes of members.
public final class PagesAtWork implements GuestWork {

  private static final int PAGES = 12;
  private static final String ALL = "/apis/web.troupe.dev/v1/namespaces/default/webpages";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments/";
  private static final String SERVED =
      "/spec/template/metadata/annotations/web.troupe.dev~1content";
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
                  ALL,
                  """
                  {"apiVersion": "web.troupe.dev/v1", "kind": "WebPage",
                   "metadata": {"name": "%s"}, "spec": {"html": "new"}}
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
                ALL + "/page-" + change % PAGES,
                "{\"spec\": {\"html\": \"change %d\"}}".formatted(change));
  }

  @Override
  public List<String> amiss(List<Path> kubeconfigs) {
    var api = Api.from(kubeconfigs.getFirst());
    var amiss = new ArrayList<String>();
    for (var page : pages()) {
      var text = api.get(ALL + "/" + page).body().at("/spec/html").asString("");
      var wanted = WebPages.digest(text);
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
