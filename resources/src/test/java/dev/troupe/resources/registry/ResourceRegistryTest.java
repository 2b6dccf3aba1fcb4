package dev.troupe.resources.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.kind.Plain;
import dev.troupe.resources.schema.Schemas;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.resources.subresource.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @Test
  void whatIsDefinedComesAndGoesAndTakesNothingFromWhatIsAlwaysThere() {
    var maps = registry.kind("v1", "ConfigMap").orElseThrow();
    var few = new ResourceRegistry(List.of(maps));
    var before = few.now();
    var secrets = registry.kind("v1", "Secret").orElseThrow();
    var other = registry.kind("apps/v1", "Deployment").orElseThrow();
    var disguised =
        new ResourceType(
            maps.ref(),
            maps.names(),
            other.namespaced(),
            other.stored(),
            maps.served(),
            other.verbs(),
            other.subresources(),
            other.selectableFields(),
            other.lifecycle(),
            other.kind());

    few.define(List.of(secrets, disguised));
    assertThat(few.endpoint("v1", "secrets")).containsSame(secrets);
    assertThat(few.endpoint("v1", "configmaps")).containsSame(maps);
    assertThat(few.find(maps.ref())).containsSame(maps);
    assertThat(before.endpoint("v1", "secrets")).isEmpty();

    few.define(List.of());
    assertThat(few.now()).isSameAs(before);
    assertThat(ResourceRegistry.standard().all()).hasSameSizeAs(registry.all());
  }

  /// A row names its kind by the class, so the compiler does not see a class that no row names.
  @Test
  void everyKindHasARow() throws Exception {
    var classes = requireNonNull(Kind.class.getResource("Kind.class"));
    var homes = requireNonNull(Path.of(classes.toURI()).getParent());
    try (var files = Files.walk(homes)) {
      var kinds =
          files
              .map(file -> homes.relativize(file).toString())
              .filter(file -> file.endsWith("Kind.class") && !file.equals("Kind.class"))
              .map(file -> file.replace(".class", "").replace('/', '.'))
              .toList();
      assertThat(registry.all())
          .extracting(type -> type.kind().getClass().getName())
          .filteredOn(name -> !name.equals(Plain.class.getName()))
          .extracting(name -> name.substring(Kind.class.getPackageName().length() + 1))
          .containsExactlyInAnyOrderElementsOf(kinds);
    }
  }
}
