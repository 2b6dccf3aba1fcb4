package dev.troupe.api.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What records and their annotations say is in the definition.
class KindDefinitionsTest {

  private static JSONSchemaProps schema() {
    var definition = KindDefinitions.of(List.of(Lamp.class)).getFirst();
    return definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
  }

  private static JSONSchemaProps field(Map<String, JSONSchemaProps> fields, String name) {
    return Objects.requireNonNull(fields.get(name), name);
  }

  @Test
  void namesAndScopeAreThoseOfTheClass() {
    var definitions = KindDefinitions.of(List.of(Lamp.class));

    assertThat(definitions).hasSize(1);
    var definition = definitions.getFirst();
    assertThat(definition.getMetadata().getName()).isEqualTo("lamps.light.example.com");
    assertThat(definition.getSpec().getScope()).isEqualTo("Namespaced");
    assertThat(definition.getSpec().getNames().getKind()).isEqualTo("Lamp");
    assertThat(definition.getSpec().getNames().getShortNames()).containsExactly("lp");
    var version = definition.getSpec().getVersions().getFirst();
    assertThat(version.getName()).isEqualTo("v1");
    assertThat(version.getSubresources().getStatus()).isNotNull();
    assertThat(version.getAdditionalPrinterColumns())
        .singleElement()
        .satisfies(column -> {
          assertThat(column.getName()).isEqualTo("LIT");
          assertThat(column.getJsonPath()).isEqualTo(".status.lit");
        });
  }

  @Test
  void componentsOfRecordsBecomeFieldsWithWhatIsSaidOfThem() {
    var spec = field(schema().getProperties(), "spec");
    var fields = spec.getProperties();

    assertThat(fields).containsOnlyKeys("room", "watts", "on", "colours", "scenes");
    assertThat(spec.getRequired()).containsExactly("room");
    assertThat(field(fields, "room").getPattern()).isEqualTo("^[a-z]+$");
    assertThat(field(fields, "room").getDescription()).isEqualTo("Where it hangs.");
    assertThat(field(fields, "watts").getType()).isEqualTo("integer");
    assertThat(field(fields, "watts").getMinimum()).isZero();
    assertThat(field(fields, "watts").getMaximum()).isEqualTo(100);
    assertThat(field(fields, "watts").getDefault()).hasToString("40");
    assertThat(field(fields, "colours").getItems().getSchema().getType()).isEqualTo("string");
    assertThat(field(fields, "scenes").getAdditionalProperties().getSchema().getType())
        .isEqualTo("integer");
    assertThat(spec.getXKubernetesValidations())
        .singleElement()
        .satisfies(rule -> assertThat(rule.getMessage()).isEqualTo("it needs power"));
  }

  /// Says neither its group nor its version.
  @SuppressWarnings("serial")
  private static final class Nameless extends CustomResource<String, Void> {
    private static final long serialVersionUID = 1;
  }

  @Test
  void classWithoutGroupIsRefusedByName() {
    assertThatThrownBy(() -> KindDefinitions.of(List.of(Nameless.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Nameless")
        .hasMessageContaining("Group");
  }
}
