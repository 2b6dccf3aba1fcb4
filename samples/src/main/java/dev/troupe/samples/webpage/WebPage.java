package dev.troupe.samples.webpage;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// A page that is to be served.
@Group("web.troupe.dev")
@Version("v1")
@SuppressWarnings("serial")
public final class WebPage extends CustomResource<WebPage.Spec, WebPage.Status>
    implements Namespaced {

  /// What is wanted.
  public record Spec(@Required String html, @Min(1) @Default("2") int servers) {}

  /// What there is: which content since when, whether it is fresh, and how many servers have it.
  public record Status(String content, String since, boolean fresh, int ready) {}
}
