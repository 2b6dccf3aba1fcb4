package dev.troupe.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What would be lost is named; what only adds, or allows more, loses nothing.
class DefinitionLossesTest {

  private static CustomResourceDefinition lamps() {
    return KindDefinitions.of(List.of(Lamp.class)).getFirst();
  }

  private static CustomResourceDefinition changed(Consumer<Map<String, JSONSchemaProps>> change) {
    var definition = lamps();
    var schema = definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    change.accept(Objects.requireNonNull(schema.getProperties().get("spec")).getProperties());
    return definition;
  }

  private static List<String> losses(Consumer<Map<String, JSONSchemaProps>> change) {
    return DefinitionLosses.between(lamps(), changed(change));
  }

  private static CustomResourceDefinition with(
      UnaryOperator<CustomResourceDefinitionBuilder> change) {
    return change.apply(new CustomResourceDefinitionBuilder(lamps())).build();
  }

  private static JSONSchemaProps of(String type) {
    return new JSONSchemaPropsBuilder().withType(type).build();
  }

  @Test
  void sameDefinitionLosesNothing() {
    assertThat(losses(_ -> {})).isEmpty();
  }

  @Test
  void moreFieldsLoseNothing() {
    assertThat(losses(fields -> fields.put("name", of("string")))).isEmpty();
  }

  @Test
  void widerTypesLoseNothing() {
    var any = new JSONSchemaPropsBuilder().withXKubernetesPreserveUnknownFields(true).build();
    assertThat(losses(fields -> fields.put("watts", of("number")))).isEmpty();
    assertThat(losses(fields -> fields.put("room", any))).isEmpty();
  }

  @Test
  void fieldThatGoesIsNamed() {
    assertThat(losses(fields -> fields.remove("watts")))
        .containsExactly("spec.watts of version v1 would go");
  }

  @Test
  void typeThatChangesIsNamed() {
    assertThat(losses(fields -> fields.put("watts", of("string"))))
        .containsExactly("spec.watts of version v1 is of type integer and would be string");
    assertThat(
            losses(fields ->
                Objects.requireNonNull(fields.get("colours"))
                    .getItems()
                    .getSchema()
                    .setType("integer")))
        .containsExactly("spec.colours[] of version v1 is of type string and would be integer");
  }

  @Test
  void mapThatBecomesAnObjectOfKnownFieldsIsNamed() {
    assertThat(losses(fields -> fields.put("scenes", of("object"))))
        .containsExactly("spec.scenes of version v1 is a map of any names, which would go");
  }

  @Test
  void scopeAndKindStay() {
    assertThat(
            DefinitionLosses.between(
                lamps(), with(one -> one.editSpec().withScope("Cluster").endSpec())))
        .containsExactly("the scope is Namespaced and would be Cluster");
  }

  @Test
  void versionThatIsStoredStays() {
    var before = with(one -> one.withNewStatus().withStoredVersions("v1alpha1", "v1").endStatus());

    assertThat(DefinitionLosses.between(before, lamps()))
        .containsExactly("version v1alpha1 would go, and objects are stored in it");
  }
}
