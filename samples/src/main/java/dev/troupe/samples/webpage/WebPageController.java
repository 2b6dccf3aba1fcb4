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

/// Serves every config map that is labelled `webpage.troupe.dev/serve: "true"`: a deployment of web
/// servers that mount it, a service in front of them, and a word to its author when its content has
/// not changed for a day.
public final class WebPageController implements Controller<ConfigMap> {

  static final Duration FRESH_FOR = Duration.ofHours(24);

  @Override
  public Class<ConfigMap> resource() {
    return ConfigMap.class;
  }

  @Override
  public String name() {
    return "webpage";
  }

  /// There is no `where`: a page whose label is taken off must be withdrawn, so it is looked at.
  @Override
  public void observe(Observe<ConfigMap> on) {
    on.owns(Deployment.class).owns(Service.class);
  }

  @Override
  public Plan reconcile(ConfigMap map, View view, Cause cause) {
    var page = new WebPage(map);
    if (map.getMetadata().getDeletionTimestamp() != null) {
      return Plan.nothing(); // What it owns goes with it.
    }
    return page.isServed() ? serve(page, view) : withdraw(view);
  }

  /// The timer is named after the content: for new content it is another one, which starts anew,
  /// while that of the old content is no longer planned and so is cancelled.
  private static Plan serve(WebPage page, View view) {
    var mark = page.mark(view.now(), FRESH_FOR);
    var plan = Plan.nothing().own(page.deployment()).own(page.service()).apply(page.marked(mark));
    if (mark.isNew()) {
      plan = plan.event("Published", "content " + mark.content() + " is served");
    }
    if (mark.fresh()) {
      var left = FRESH_FOR.minus(Duration.between(mark.since(), view.now()));
      plan = plan.timer("stale-" + mark.content(), left);
    } else if (mark.wasFresh()) {
      plan = plan.warning("Stale", "content " + mark.content() + " is as of " + mark.since());
    }
    var isUp = view.get(Deployment.class, page.name()).filter(page::isServedBy).isPresent();
    return isUp
        ? plan
        : plan.waitFor("deployments.apps/" + page.name(), "its servers are not all up");
  }

  private static Plan withdraw(View view) {
    var plan = Plan.nothing();
    for (var deployment : view.list(Deployment.class)) {
      plan = plan.delete(deployment);
    }
    for (var service : view.list(Service.class)) {
      plan = plan.delete(service);
    }
    return plan;
  }
}
