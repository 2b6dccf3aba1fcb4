package dev.troupe.apiserver.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.registry.ResourceRegistry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DiscoveryDocumentsTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final DiscoveryDocuments documents =
      new DiscoveryDocuments(ResourceRegistry.standard().now(), "127.0.0.1:6443");

  @Test
  void aggregatedDiscoveryHasDeploymentsWithTheirScale() {
    var apps = read(documents.aggregatedGroups("v2").orElseThrow()).at("/items/0");

    assertThat(apps.at("/metadata/name").asString()).isEqualTo("apps");
    assertThat(apps.at("/versions/0/resources/0").toString())
        .isEqualTo(
            "{\"resource\":\"deployments\",\"responseKind\":{\"group\":\"apps\",\"version\":\"v1\",\"kind\":\"Deployment\"},"
                + "\"scope\":\"Namespaced\",\"singularResource\":\"deployment\","
                + "\"verbs\":[\"create\",\"delete\",\"deletecollection\",\"get\",\"list\",\"patch\",\"update\",\"watch\"],"
                + "\"shortNames\":[\"deploy\"],\"categories\":[\"all\"],\"subresources\":["
                + "{\"subresource\":\"scale\",\"responseKind\":{\"group\":\"autoscaling\",\"version\":\"v1\",\"kind\":\"Scale\"},\"verbs\":[\"get\",\"patch\",\"update\"]},"
                + "{\"subresource\":\"status\",\"responseKind\":{\"group\":\"apps\",\"version\":\"v1\",\"kind\":\"Deployment\"},\"verbs\":[\"get\",\"patch\",\"update\"]}]}");
  }

  @Test
  void eventsAreInBothOfTheirGroups() {
    assertThat(read(documents.resources("v1").orElseThrow()).findValuesAsString("name"))
        .contains("events", "pods/log", "pods/binding", "pods/eviction", "namespaces/finalize")
        .doesNotContain("bindings");
    assertThat(
            read(documents.resources("events.k8s.io/v1").orElseThrow()).findValuesAsString("name"))
        .containsExactly("events");
  }

  @Test
  void legacyDocumentsLeadFromOneToTheNext() {
    assertThat(read(documents.coreVersions()).at("/versions/0").asString()).isEqualTo("v1");
    for (var group : read(documents.groupList()).path("groups")) {
      assertThat(documents.group(group.path("name").asString())).isPresent();
      assertThat(documents.resources(group.at("/preferredVersion/groupVersion").asString()))
          .isPresent();
    }
    assertThat(documents.group("")).isEmpty();
  }

  private static JsonNode read(HashedDocument document) {
    return JSON.readTree(document.json());
  }
}
