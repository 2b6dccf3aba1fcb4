package dev.troupe.resources.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.schema.Field.Zero;
import dev.troupe.resources.schema.FieldType.ListOf;
import dev.troupe.resources.schema.FieldType.MapOf;
import dev.troupe.resources.schema.FieldType.Ref;
import dev.troupe.resources.schema.FieldType.Scalar;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Clients refuse to read an object that lacks what its type requires.
class RequiredFieldsTest {

  private static final Schemas SCHEMAS = Schemas.standard();

  /// Validation refuses the objects that lack these, and Go leaves out the rest when it is empty.
  private static final Set<String> NEVER_MISSING =
      Set.of(
          "DeploymentSpec.selector",
          "ReplicaSetSpec.selector",
          "HTTPGetAction.port",
          "TCPSocketAction.port",
          "ScaleIOVolumeSource.secretRef",
          "IPAddressSpec.parentRef",
          "ContainerRestartRule.action",
          "ContainerRestartRuleOnExitCodes.operator",
          "ImageVolumeStatus.imageRef",
          "PodCertificateProjection.keyType",
          "PodCertificateProjection.signerName",
          "ParentReference.name",
          "ParentReference.resource");

  static Stream<String> served() {
    return ResourceRegistry.standard().published().stream()
        .flatMap(type -> type.served().stream())
        .map(served -> served.schemaType());
  }

  /// An object that has every optional object, each of them empty.
  private static ObjectNode hollow(String schema, Set<String> around) {
    var object = Json.object();
    for (var field : SCHEMAS.get(schema).fields().values()) {
      fill(object, field, around);
    }
    return object;
  }

  private static void fill(ObjectNode object, Field field, Set<String> around) {
    if (field.type() instanceof Ref(var to) && around.add(to)) {
      object.set(field.name(), hollow(to, around));
      around.remove(to);
    } else if (field.type() instanceof ListOf(Ref(var to)) && around.add(to)) {
      object.putArray(field.name()).add(hollow(to, around));
      around.remove(to);
    }
  }

  private static void missing(JsonNode object, String schema, Set<String> found) {
    for (var field : SCHEMAS.get(schema).fields().values()) {
      var value = object.get(field.name());
      var name = schema.substring(schema.lastIndexOf('.') + 1) + "." + field.name();
      if (value == null) {
        if (field.required()) {
          found.add(name);
        }
        continue;
      }
      switch (field.type()) {
        case Ref(var to) -> missing(value, to, found);
        case ListOf(Ref(var to)) -> value.forEach(item -> missing(item, to, found));
        case ListOf _, MapOf _, Scalar _ -> {}
      }
    }
  }

  @ParameterizedTest
  @MethodSource("served")
  void whatATypeRequiresIsThereWhateverWasGiven(String schema) {
    var object = Conformer.standard().conform(hollow(schema, new HashSet<>()), schema).object();

    var found = new TreeSet<String>();
    missing(object, schema, found);
    found.removeAll(NEVER_MISSING);
    assertThat(found).isEmpty();
    assertThat(Conformer.standard().conform(object, schema).object()).isEqualTo(object);
  }

  @ParameterizedTest
  @MethodSource("served")
  void whatGoWritesWhateverItsValueIsThere(String schema) {
    var object = Conformer.standard().conform(Json.object(), schema).object();

    for (var field : SCHEMAS.get(schema).fields().values()) {
      if (field.zero() == Zero.NULL
          || (field.type() instanceof Scalar && field.zero() == Zero.KEPT)) {
        assertThat(object.has(field.name())).as(schema + "." + field.name()).isTrue();
      }
    }
  }
}
