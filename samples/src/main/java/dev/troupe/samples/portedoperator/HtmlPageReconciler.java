package dev.troupe.samples.portedoperator;

import dev.troupe.api.controller.Observe;
import dev.troupe.api.imperative.ImperativeController;
import dev.troupe.api.imperative.NextLook;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/// Writes the page into a config map, and looks after it every minute: as it was, but for the types
/// of its signature.
public final class HtmlPageReconciler implements ImperativeController<HtmlPage> {

  static final Duration EVERY = Duration.ofMinutes(1);

  @Override
  public Class<HtmlPage> resource() {
    return HtmlPage.class;
  }

  @Override
  public String name() {
    return "html-page";
  }

  @Override
  public void observe(Observe<HtmlPage> on) {
    on.owns(ConfigMap.class);
  }

  @Override
  public NextLook reconcile(HtmlPage page, KubernetesClient client) {
    if (page.getSpec().html().contains("error")) {
      throw new IllegalArgumentException("the page is a mistake");
    }
    client.resource(configMap(page)).forceConflicts().serverSideApply();
    page.setStatus(new HtmlPage.Status(page.getMetadata().getName(), true));
    client.resource(page).patchStatus();
    return NextLook.in(EVERY);
  }

  private static ConfigMap configMap(HtmlPage page) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(page.getMetadata().getNamespace())
        .withName(page.getMetadata().getName())
        .addNewOwnerReference()
        .withApiVersion(page.getApiVersion())
        .withKind(page.getKind())
        .withName(page.getMetadata().getName())
        .withUid(page.getMetadata().getUid())
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .addToData("index.html", page.getSpec().html())
        .build();
  }
}
