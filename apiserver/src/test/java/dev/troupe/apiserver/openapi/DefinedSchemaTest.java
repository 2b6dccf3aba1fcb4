package dev.troupe.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.apiserver.discovery.ServedGroups;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.definition.DefinedType;
import dev.troupe.resources.registry.ResourceType;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a definition says of its objects is what clients are told.
class DefinedSchemaTest {

  private static ObjectNode object(String text) {
    return JsonDecoder.stored(
        text.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static final ResourceType THING =
      DefinedType.of(
          object(
              """
              {'spec':{'group':'example.com','names':{'plural':'things','kind':'Thing'},'scope':'Namespaced',
               'versions':[{'name':'v1','served':true,'storage':true,'subresources':{'status':{},
                'scale':{'specReplicasPath':'.spec.size','statusReplicasPath':'.status.size'}},'schema':{'openAPIV3Schema':
               {'description':'A thing.','type':'object','properties':{'spec':{'type':'object',
                'properties':{'size':{'description':'How large.','type':'integer','minimum':1,
                'anyOf':[{'minimum':3},{'maximum':2}]}}}}}}}]}}\
              """));

  private static ObjectNode components() {
    var components = new Components(THING.schemas(), new FieldDocumentation());
    components.declareKind("com.example.v1.Thing", "example.com", "v1", "Thing");
    return components.document();
  }

  @Test
  void theSchemaOfTheDefinitionIsPublishedWithWhatAllObjectsHave() {
    var thing = components().path("com.example.v1.Thing");

    assertThat(thing.path("description").asString()).isEqualTo("A thing.");
    assertThat(thing.at("/properties/spec/properties/size/minimum").intValue()).isEqualTo(1);
    assertThat(thing.at("/properties/kind/description").asString()).isNotBlank();
    assertThat(thing.at("/properties/metadata/allOf/0/$ref").asString())
        .isEqualTo("#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
    assertThat(thing.at("/x-kubernetes-group-version-kind/0/kind").asString()).isEqualTo("Thing");
    assertThat(components().has("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")).isTrue();
  }

  /// Clients send strategic patches where they are named, and these are refused.
  @Test
  void noStrategicPatchesAreOffered() {
    var components = new Components(THING.schemas(), new FieldDocumentation());
    var paths = new Paths("/apis/example.com/v1", components);
    paths.add(new ServedGroups.ServedType(THING, THING.storage()));

    var thing = "/apis/example.com/v1/namespaces/{namespace}/things/{name}";
    for (var path : List.of(thing, thing + "/status", thing + "/scale")) {
      assertThat(paths.document().path(path).at("/patch/requestBody/content").propertyNames())
          .as(path)
          .containsExactly(
              "application/json-patch+json",
              "application/merge-patch+json",
              "application/apply-patch+yaml");
    }
  }

  @Test
  void alternativesAreNothingForVersion2() {
    var nodes = JsonNodeFactory.instance;
    var document = nodes.objectNode();
    document.putObject("components").set("schemas", components());
    var swagger = new SwaggerDocument();

    swagger.add(document);

    assertThat(
            swagger
                .document("v1.36.0")
                .at("/definitions/com.example.v1.Thing/properties/spec/properties/size"))
        .isEqualTo(object("{'description':'How large.','type':'integer','minimum':1}"));
  }
}
