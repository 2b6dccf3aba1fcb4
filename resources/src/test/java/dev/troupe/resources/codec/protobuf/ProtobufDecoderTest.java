package dev.troupe.resources.codec.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.troupe.resources.codec.Decoding.Decoded;
import dev.troupe.resources.codec.Decoding.Refused;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.schema.Conformer;
import dev.troupe.resources.schema.RandomObjects;
import dev.troupe.resources.schema.Schemas;
import io.kubernetes.client.proto.IntStr.IntOrString;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Meta.DeleteOptions;
import io.kubernetes.client.proto.Meta.LabelSelector;
import io.kubernetes.client.proto.Meta.ObjectMeta;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.Runtime.TypeMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apiextensions.CustomResourceDefinition;
import io.kubernetes.client.proto.V1Apiextensions.CustomResourceDefinitionSpec;
import io.kubernetes.client.proto.V1Apiextensions.CustomResourceDefinitionVersion;
import io.kubernetes.client.proto.V1Apiextensions.CustomResourceSubresourceStatus;
import io.kubernetes.client.proto.V1Apiextensions.CustomResourceSubresources;
import io.kubernetes.client.proto.V1Apiextensions.CustomResourceValidation;
import io.kubernetes.client.proto.V1Apiextensions.JSONSchemaProps;
import io.kubernetes.client.proto.V1Apiextensions.JSONSchemaPropsOrArray;
import io.kubernetes.client.proto.V1Apiextensions.JSONSchemaPropsOrBool;
import io.kubernetes.client.proto.V1Apps.Deployment;
import io.kubernetes.client.proto.V1Apps.DeploymentSpec;
import io.kubernetes.client.proto.V1Authentication.ExtraValue;
import io.kubernetes.client.proto.V1Authentication.SelfSubjectReview;
import io.kubernetes.client.proto.V1Authentication.SelfSubjectReviewStatus;
import io.kubernetes.client.proto.V1Authentication.UserInfo;
import io.kubernetes.client.proto.V1Coordination.Lease;
import io.kubernetes.client.proto.V1Coordination.LeaseSpec;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProtobufDecoderTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final ProtobufDecoder decoder =
      new ProtobufDecoder(ResourceRegistry.standard(), Schemas.standard());

  @Test
  void deploymentIsTheSameAsInJson() {
    var template =
        V1.PodTemplateSpec.newBuilder()
            .setMetadata(ObjectMeta.newBuilder().putLabels("app", "web").setName(""))
            .setSpec(
                V1.PodSpec.newBuilder()
                    .setHostNetwork(false)
                    .setTerminationGracePeriodSeconds(0)
                    .addVolumes(
                        V1.Volume.newBuilder()
                            .setName("v")
                            .setVolumeSource(
                                V1.VolumeSource.newBuilder()
                                    .setConfigMap(
                                        V1.ConfigMapVolumeSource.newBuilder()
                                            .setDefaultMode(420)
                                            .setLocalObjectReference(
                                                V1.LocalObjectReference.newBuilder()
                                                    .setName("cm")))))
                    .addContainers(
                        V1.Container.newBuilder()
                            .setName("c")
                            .setImage("nginx")
                            .addEnv(V1.EnvVar.newBuilder().setName("E").setValue(""))
                            .addPorts(
                                V1.ContainerPort.newBuilder().setContainerPort(80).setHostPort(0))
                            .setResources(
                                V1.ResourceRequirements.newBuilder()
                                    .putLimits(
                                        "cpu", Quantity.newBuilder().setString("0.5").build()))
                            .setLivenessProbe(
                                V1.Probe.newBuilder()
                                    .setHandler(
                                        V1.ProbeHandler.newBuilder()
                                            .setHttpGet(
                                                V1.HTTPGetAction.newBuilder()
                                                    .setPort(
                                                        IntOrString.newBuilder()
                                                            .setType(1)
                                                            .setStrVal("http")))))));
    var deployment =
        Deployment.newBuilder()
            .setMetadata(
                ObjectMeta.newBuilder()
                    .setName("web")
                    .setCreationTimestamp(Meta.Time.getDefaultInstance())
                    .addManagedFields(
                        Meta.ManagedFieldsEntry.newBuilder()
                            .setManager("m")
                            .setTime(Meta.Time.newBuilder().setSeconds(1767225600).setNanos(0))
                            .setFieldsV1(
                                Meta.FieldsV1.newBuilder()
                                    .setRaw(ByteString.copyFromUtf8("{\"f:spec\":{}}")))))
            .setSpec(
                DeploymentSpec.newBuilder()
                    .setReplicas(0)
                    .setMinReadySeconds(0)
                    .setSelector(LabelSelector.newBuilder().putMatchLabels("app", "web"))
                    .setTemplate(template))
            .build();

    assertThat(decoded("apps/v1", "Deployment", deployment))
        .isEqualTo(
            JSON.readTree(
                """
                {"kind":"Deployment","apiVersion":"apps/v1",
                 "metadata":{"name":"web","managedFields":[{"manager":"m","time":"2026-01-01T00:00:00Z","fieldsV1":{"f:spec":{}}}]},
                 "spec":{"replicas":0,"selector":{"matchLabels":{"app":"web"}},"strategy":{},
                  "template":{"metadata":{"labels":{"app":"web"}},"spec":{
                   "terminationGracePeriodSeconds":0,
                   "volumes":[{"name":"v","configMap":{"name":"cm","defaultMode":420}}],
                   "containers":[{"name":"c","image":"nginx","env":[{"name":"E"}],"ports":[{"containerPort":80}],
                     "resources":{"limits":{"cpu":"500m"}},"livenessProbe":{"httpGet":{"port":"http"}}}]}}},
                 "status":{}}
                """));
  }

  @Test
  void bytesBecomeBase64AndMicroTimesKeepTheirFraction() {
    var secret =
        V1.Secret.newBuilder()
            .putData("a", ByteString.copyFromUtf8("hello"))
            .setType("Opaque")
            .build();
    var lease =
        Lease.newBuilder()
            .setSpec(
                LeaseSpec.newBuilder()
                    .setRenewTime(
                        Meta.MicroTime.newBuilder().setSeconds(1767225600).setNanos(5000)))
            .build();

    assertThat(decoded("v1", "Secret", secret).at("/data/a").asString()).isEqualTo("aGVsbG8=");
    assertThat(decoded("coordination.k8s.io/v1", "Lease", lease).at("/spec/renewTime").asString())
        .isEqualTo("2026-01-01T00:00:00.000005Z");
  }

  @Test
  void wrappedListsInMapsBecomeLists() {
    var review =
        SelfSubjectReview.newBuilder()
            .setStatus(
                SelfSubjectReviewStatus.newBuilder()
                    .setUserInfo(
                        UserInfo.newBuilder()
                            .putExtra(
                                "k", ExtraValue.newBuilder().addItems("a").addItems("b").build())))
            .build();

    assertThat(
            decoded("authentication.k8s.io/v1", "SelfSubjectReview", review)
                .at("/status/userInfo/extra/k")
                .toString())
        .isEqualTo("[\"a\",\"b\"]");
  }

  /// Schemas have other names in messages, and fields that are one thing or another.
  @Test
  void schemasOfDefinitionsAreReadAsTheyAreInJson() {
    var text = JSONSchemaProps.newBuilder().setType("string").setXKubernetesListType("set");
    var schema =
        JSONSchemaProps.newBuilder()
            .setRef("#/x")
            .setXKubernetesPreserveUnknownFields(true)
            .addXKubernetesListMapKeys("name")
            .setDefault(V1Apiextensions.JSON.newBuilder().setRaw(ByteString.copyFromUtf8("[1]")))
            .setItems(JSONSchemaPropsOrArray.newBuilder().setSchema(text))
            .setAdditionalProperties(JSONSchemaPropsOrBool.newBuilder().setAllows(true))
            .putProperties(
                "map",
                JSONSchemaProps.newBuilder()
                    .setItems(JSONSchemaPropsOrArray.newBuilder().addJSONSchemas(text))
                    .setAdditionalProperties(
                        JSONSchemaPropsOrBool.newBuilder().setAllows(true).setSchema(text))
                    .build());
    var definition =
        CustomResourceDefinition.newBuilder()
            .setSpec(
                CustomResourceDefinitionSpec.newBuilder()
                    .addVersions(
                        CustomResourceDefinitionVersion.newBuilder()
                            .setSchema(
                                CustomResourceValidation.newBuilder().setOpenAPIV3Schema(schema))))
            .build();

    var string = "{\"type\":\"string\",\"x-kubernetes-list-type\":\"set\"}";
    var read =
        decoded("apiextensions.k8s.io/v1", "CustomResourceDefinition", definition)
            .at("/spec/versions/0/schema/openAPIV3Schema");
    assertThat(read.path("$ref").asString()).isEqualTo("#/x");
    assertThat(read.path("x-kubernetes-preserve-unknown-fields").asBoolean()).isTrue();
    assertThat(read.path("x-kubernetes-list-map-keys").toString()).isEqualTo("[\"name\"]");
    assertThat(read.path("default").toString()).isEqualTo("[1]");
    assertThat(read.path("items").toString()).isEqualTo(string);
    assertThat(read.path("additionalProperties").toString()).isEqualTo("true");
    assertThat(read.at("/properties/map/items").toString()).isEqualTo("[" + string + "]");
    assertThat(read.at("/properties/map/additionalProperties").toString()).isEqualTo(string);
  }

  /// All that a status of its own says is that it is there.
  @Test
  void whatIsOnlyThereIsRead() {
    var definition =
        CustomResourceDefinition.newBuilder()
            .setSpec(
                CustomResourceDefinitionSpec.newBuilder()
                    .addVersions(
                        CustomResourceDefinitionVersion.newBuilder()
                            .setSubresources(
                                CustomResourceSubresources.newBuilder()
                                    .setStatus(
                                        CustomResourceSubresourceStatus.getDefaultInstance()))))
            .build();

    var read = decoded("apiextensions.k8s.io/v1", "CustomResourceDefinition", definition);

    assertThat(read.at("/spec/versions/0/subresources").toString()).isEqualTo("{\"status\":{}}");
  }

  @Test
  void deleteOptionsAreReadInEveryGroup() {
    var options = DeleteOptions.newBuilder().setGracePeriodSeconds(0).addDryRun("All").build();

    assertThat(decoded("apps/v1", "DeleteOptions", options).toString())
        .isEqualTo(
            "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"apps/v1\",\"gracePeriodSeconds\":0,\"dryRun\":[\"All\"]}");
  }

  @Test
  void everyServedKindHasAMessage() {
    for (var type : ResourceRegistry.standard().published()) {
      for (var served : type.served()) {
        assertThat(
                decoder.decode(
                    envelope(served.apiVersion(), type.names().kind(), ByteString.EMPTY)))
            .as(served.schemaType())
            .isInstanceOf(Decoded.class);
      }
    }
  }

  @Test
  void randomObjectsOfEveryKindAreTheSameAsInJson() {
    var schemas = Schemas.standard();
    var random = new RandomObjects(schemas, 40);
    for (var type : ResourceRegistry.standard().published()) {
      if (type.names().kind().equals("CustomResourceDefinition")) {
        continue;
      }
      for (var served : type.served()) {
        var message = Objects.requireNonNull(MessageTypes.find(served.schemaType()));
        for (int i = 0; i < 60; i++) {
          var object = random.object(served.schemaType());
          object.put("kind", type.names().kind()).put("apiVersion", served.apiVersion());
          var conformed = Conformer.standard().conform(object, served.schemaType()).object();
          WithoutWhatMessagesLack.remove(schemas, served.schemaType(), conformed);

          var raw =
              new DynamicMessages(schemas)
                  .write(message, schemas.get(served.schemaType()), conformed)
                  .toByteString();

          var expected = Conformer.standard().conform(conformed, served.schemaType()).object();
          assertThat(decoder.decode(envelope(served.apiVersion(), type.names().kind(), raw)))
              .isInstanceOfSatisfying(
                  Decoded.class,
                  decoded ->
                      assertThat(Json.same(decoded.value(), expected))
                          .as("%s%n%s", decoded.value(), expected)
                          .isTrue());
        }
      }
    }
  }

  @Test
  void unknownKindsAreRefused() {
    assertThat(decoder.decode(envelope("v1", "Nothing", ByteString.EMPTY)))
        .isEqualTo(new Refused("no kind \"Nothing\" is registered for version \"v1\""));
  }

  @Test
  void brokenBytesAreRefusedInTheWordsOfKubernetes() {
    assertThat(decoder.decode(new byte[] {'k', '8', 's', 0, 10, 100, 1}))
        .isEqualTo(new Refused("proto: cannot parse invalid wire-format data"));
  }

  @Test
  void brokenBytesAreRefusedAndNeverThrow() {
    var good =
        envelope(
            "v1",
            "Pod",
            V1.Pod.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("a").putLabels("b", "c"))
                .setSpec(
                    V1.PodSpec.newBuilder().addContainers(V1.Container.newBuilder().setName("d")))
                .build()
                .toByteString());
    var random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      var broken = good.clone();
      for (int hit = random.nextInt(4); hit >= 0; hit--) {
        broken[4 + random.nextInt(broken.length - 4)] = (byte) random.nextInt(256);
      }
      assertThat(decoder.decode(broken)).isInstanceOfAny(Decoded.class, Refused.class);
    }
    assertThat(decoder.decode(new byte[] {'k', '8', 's'})).isInstanceOf(Refused.class);
  }

  private JsonNode decoded(String apiVersion, String kind, Message message) {
    return ((Decoded) decoder.decode(envelope(apiVersion, kind, message.toByteString()))).value();
  }

  private static byte[] envelope(String apiVersion, String kind, ByteString raw) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {'k', '8', 's', 0});
    out.writeBytes(
        Unknown.newBuilder()
            .setTypeMeta(TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
            .setRaw(raw)
            .build()
            .toByteArray());
    return out.toByteArray();
  }
}
