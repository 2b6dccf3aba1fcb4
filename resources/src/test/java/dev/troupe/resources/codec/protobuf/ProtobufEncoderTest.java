package dev.troupe.resources.codec.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.codec.Decoding.Decoded;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.schema.Conformer;
import dev.troupe.resources.schema.RandomObjects;
import dev.troupe.resources.schema.Schemas;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ProtobufEncoderTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String POD = "io.k8s.api.core.v1.Pod";

  private final ProtobufEncoder encoder = new ProtobufEncoder(Schemas.standard());
  private final ProtobufDecoder decoder =
      new ProtobufDecoder(ResourceRegistry.standard(), Schemas.standard());

  @Test
  void randomObjectsOfEveryKindComeBack() {
    var schemas = Schemas.standard();
    var random = new RandomObjects(schemas, 40);
    for (var type : ResourceRegistry.standard().published()) {
      for (var served : type.served()) {
        if (!ProtobufEncoder.knows(served.schemaType())) {
          continue;
        }
        for (int i = 0; i < 60; i++) {
          var object = random.object(served.schemaType());
          object.put("kind", type.names().kind()).put("apiVersion", served.apiVersion());
          var sent = Conformer.standard().conform(object, served.schemaType()).object();
          WithoutWhatMessagesLack.remove(schemas, served.schemaType(), sent);

          byte[] encoded =
              encoder.object(sent, served.apiVersion(), type.names().kind(), served.schemaType());

          var expected = Conformer.standard().conform(sent, served.schemaType()).object();
          assertThat(decoder.decode(encoded))
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
  void whatOthersReadIsWhatWasWritten() throws Exception {
    var pod =
        tree(
            """
            {"kind": "Pod", "apiVersion": "v1",
             "metadata": {"name": "a", "creationTimestamp": "2026-01-02T03:04:05Z",
                          "labels": {"app": "web"}, "unknown": 1, "finalizers": null},
             "spec": {"containers": [{"name": "c", "ports": [{"containerPort": 80}],
                       "resources": {"limits": {"cpu": "500m"}},
                       "livenessProbe": {"httpGet": {"port": "http"}, "periodSeconds": 3}}],
                      "volumes": [{"name": "v", "configMap": {"name": "cm", "optional": true}}]}}
            """);

    var read = V1.Pod.parseFrom(opened(encoder.object(pod, "v1", "Pod", POD)).getRaw());

    assertThat(read.getMetadata().getName()).isEqualTo("a");
    assertThat(read.getMetadata().getCreationTimestamp().getSeconds()).isEqualTo(1767323045L);
    assertThat(read.getMetadata().getLabelsMap()).containsEntry("app", "web");
    var container = read.getSpec().getContainers(0);
    assertThat(container.getPorts(0).getContainerPort()).isEqualTo(80);
    assertThat(container.getResources().getLimitsOrThrow("cpu").getString()).isEqualTo("500m");
    assertThat(container.getLivenessProbe().getPeriodSeconds()).isEqualTo(3);
    var port = container.getLivenessProbe().getHandler().getHttpGet().getPort();
    assertThat(port.getType()).isEqualTo(1);
    assertThat(port.getStrVal()).isEqualTo("http");
    var source = read.getSpec().getVolumes(0).getVolumeSource().getConfigMap();
    assertThat(source.getLocalObjectReference().getName()).isEqualTo("cm");
    assertThat(source.getOptional()).isTrue();
  }

  @Test
  void partsOfAListAreOneMessageInItsEnvelope() throws Exception {
    var items = Stream.of("{\"metadata\": {\"name\": \"a\"}}", "{\"spec\": {}}");
    var stored = items.map(json -> json.getBytes(StandardCharsets.UTF_8)).iterator();
    var whole = new ByteArrayOutputStream();
    encoder
        .list(
            "v1", "PodList", tree("{\"resourceVersion\": \"7\"}"), stored, JsonDecoder::stored, POD)
        .forEach(whole::writeBytes);

    var envelope = opened(whole.toByteArray());
    assertThat(envelope.getTypeMeta().getKind()).isEqualTo("PodList");
    var list = V1.PodList.parseFrom(envelope.getRaw());
    assertThat(list.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(list.getItemsList()).hasSize(2);
    assertThat(list.getItems(0).getMetadata().getName()).isEqualTo("a");
  }

  @Test
  void eventIsAFrameWithAnObjectInItsOwnEnvelope() throws Exception {
    var status = tree("{\"status\": \"Failure\", \"code\": 410, \"reason\": \"Expired\"}");
    byte[] object = encoder.object(status, "v1", "Status", ProtobufEncoder.STATUS);

    byte[] frame = ProtobufEncoder.event("ERROR", object);

    assertThat(ByteBuffer.wrap(frame).getInt()).isEqualTo(frame.length - 4);
    var event = Meta.WatchEvent.parseFrom(Arrays.copyOfRange(frame, 4, frame.length));
    assertThat(event.getType()).isEqualTo("ERROR");
    var read = Meta.Status.parseFrom(opened(event.getObject().getRaw().toByteArray()).getRaw());
    assertThat(read.getCode()).isEqualTo(410);
    assertThat(read.getReason()).isEqualTo("Expired");
  }

  @Test
  void metadataOfAnythingIsAMessage() throws Exception {
    var partial = tree("{\"metadata\": {\"name\": \"a\", \"uid\": \"u\"}}");

    byte[] encoded =
        encoder.object(partial, "meta.k8s.io/v1", "PartialObjectMetadata", ProtobufEncoder.PARTIAL);

    var read = Meta.PartialObjectMetadata.parseFrom(opened(encoded).getRaw());
    assertThat(read.getMetadata().getUid()).isEqualTo("u");
  }

  private static Unknown opened(byte[] envelope) throws Exception {
    assertThat(envelope).startsWith('k', '8', 's', 0);
    return Unknown.parseFrom(Arrays.copyOfRange(envelope, 4, envelope.length));
  }

  private static ObjectNode tree(String json) {
    return (ObjectNode) JSON.readTree(json);
  }
}
