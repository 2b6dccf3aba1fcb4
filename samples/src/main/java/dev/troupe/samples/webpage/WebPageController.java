package dev.troupe.samples.webpage;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;

/// Serves web pages: a config map with the content, a deployment of servers that mount it, a
/// service in front of them; and calls content stale that has not changed for a day.
public final class WebPageController implements Controller<WebPage> {

  static final Duration FRESH_FOR = Duration.ofHours(24);

  @Override
  public Class<WebPage> resource() {
    return WebPage.class;
  }

  @Override
  public String name() {
    return "webpage";
  }

  @Override
  public void observe(Observe<WebPage> on) {
    on.owns(ConfigMap.class).owns(Deployment.class).owns(Service.class);
  }

  /// The timer is named after the content: for new content it is another one, which starts anew.
  @Override
  public Plan reconcile(WebPage page, View view, Cause cause) {
    var objects = new PageObjects(page);
    var known = page.getStatus();
    boolean same = known != null && known.content().equals(objects.digest());
    var since = same ? Instant.parse(known.since()) : view.now();
    var left = Duration.between(view.now(), since.plus(FRESH_FOR));
    int ready = view.get(Deployment.class, objects.name()).map(objects::ready).orElse(0);
    var plan = Plan.nothing().own(objects.content()).own(objects.servers()).own(objects.door());
    plan = plan.status(objects.status(since, left.isPositive(), ready));
    plan = same ? plan : plan.event("Published", objects.digest() + " is served");
    plan = left.isPositive() ? plan.timer("stale-" + objects.digest(), left) : plan;
    return ready < page.getSpec().servers() ? plan.waitFor("servers", ready + " are up") : plan;
  }
}
