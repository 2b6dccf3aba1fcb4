package dev.troupe.samples.portedoperator;

import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// A page that is to be served.
@Group("ported.troupe.dev")
@Version("v1")
@SuppressWarnings("serial")
public final class HtmlPage extends CustomResource<HtmlPage.Spec, HtmlPage.Status>
    implements Namespaced {

  /// What is wanted.
  public record Spec(@Required String html) {}

  /// What there is.
  public record Status(String htmlConfigMap, boolean areWeGood) {}
}
