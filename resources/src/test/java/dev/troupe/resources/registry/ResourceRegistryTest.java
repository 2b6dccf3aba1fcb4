package dev.troupe.resources.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.schema.Schemas;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.resources.subresource.Verb;
import org.junit.jupiter.api.Test;

class ResourceRegistryTest {

  private final ResourceRegistry registry = ResourceRegistry.standard();

  @Test
  void everyServedVersionHasASchema() {
    assertThat(registry.all())
        .flatExtracting(ResourceType::served)
        .allSatisfy(served -> assertThat(Schemas.standard().find(served.schemaType())).isPresent());
  }

  @Test
  void eventsAreOneCollectionUnderTwoGroups() {
    var core = registry.endpoint("v1", "events").orElseThrow();

    assertThat(registry.endpoint("events.k8s.io/v1", "events")).containsSame(core);
    assertThat(core.ref()).isEqualTo(TypeRef.core("events"));
    assertThat(core.storage().apiVersion()).isEqualTo("v1");
  }

  @Test
  void deploymentsAreWhatKubectlExpects() {
    var type = registry.kind("apps/v1", "Deployment").orElseThrow();

    assertThat(type.names().shortNames()).containsExactly("deploy");
    assertThat(type.names().categories()).containsExactly("all");
    assertThat(type.subresources()).containsExactly(Subresources.STATUS, Subresources.SCALE);
    assertThat(type.verbs()).contains(Verb.values());
    assertThat(type.lifecycle().tracksGeneration()).isTrue();
  }

  @Test
  void aTypeWithoutVerbsIsStoredAndNotPublished() {
    var type = registry.kind("internal.troupe.dev/v1", "NodePort").orElseThrow();

    assertThat(type.stored()).isTrue();
    assertThat(registry.published()).isNotEmpty().doesNotContain(type);
    assertThat(registry.endpoint("internal.troupe.dev/v1", "nodeports")).isEmpty();
  }

  @Test
  void reviewsAreAnsweredAndNotKept() {
    var type =
        registry.endpoint("authorization.k8s.io/v1", "selfsubjectaccessreviews").orElseThrow();

    assertThat(type.stored()).isFalse();
    assertThat(type.verbs()).containsExactly(Verb.CREATE);
  }
}
