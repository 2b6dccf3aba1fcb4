package dev.troupe.resources.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.Decoding.Decoded;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EncodingTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final ResourceRegistry registry = ResourceRegistry.standard();

  @Test
  void versionIsFilledInWithoutEncodingAgain() {
    var pod =
        tree(
            "{\"spec\":{},\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\"}}");

    assertThat(text(JsonEncoder.encodeUnversioned(pod).withVersion(123456789012345678L)))
        .isEqualTo(
            "{\"kind\":\"Pod\",\"metadata\":{\"resourceVersion\":\"123456789012345678\",\"name\":\"a\"},\"spec\":{}}");
    assertThat(text(JsonEncoder.encodeUnversioned(pod).withVersion(42)))
        .isEqualTo(
            "{\"kind\":\"Pod\",\"metadata\":{\"resourceVersion\":\"42\",\"name\":\"a\"},\"spec\":{}}");
    assertThat(text(JsonEncoder.encodeUnversioned(tree("{}")).withVersion(1)))
        .isEqualTo("{\"metadata\":{\"resourceVersion\":\"1\"}}");
  }

  @Test
  void storedJsonBeginsWithWhatTheObjectIs() {
    var pod =
        tree("{\"spec\":{},\"metadata\":{\"name\":\"a\"},\"kind\":\"Pod\",\"apiVersion\":\"v1\"}");

    assertThat(text(JsonEncoder.encodeUnversioned(pod).withVersion(1)))
        .startsWith("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{");
  }

  @Test
  void whatIsStoredIsReadAsItWas() {
    var tree = tree("{\"a\":[1,2.50,true,null,\"\u00e4\"],\"b\":{\"c\":12345678901234567890}}");

    assertThat(JsonDecoder.stored(JsonEncoder.encode(tree))).isEqualTo(tree);
  }

  @Test
  void nullsAndEmptyUidsOfOwnersAreLeftOut() {
    var json =
        "{\"metadata\":{\"labels\":null,\"ownerReferences\":[{\"uid\":\"\"},{\"uid\":\"o\"}],\"name\":\"a\"}}";
    var reader = IndexEntryReader.of(type("pods"));

    var entry = reader.read(json.getBytes(StandardCharsets.UTF_8));

    assertThat(entry).isEqualTo(reader.read(tree(json)));
    assertThat(entry.ownerUids()).containsExactly("o");
    assertThat(reader.read("{\"metadata\":null}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(reader.read(tree("{}")));
  }

  @Test
  void anyTextSurvives() {
    var random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        int point = random.nextInt(random.nextBoolean() ? 128 : 0x110000);
        text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? '?' : point);
      }
      var value = JSON.createObjectNode().put(text.toString(), text.toString());
      assertThat(JSON.readTree(JsonEncoder.encode(value))).isEqualTo(value);
    }
  }

  @Test
  void theIndexEntryOfAPodIsTheSameFromTreeAndBytes() {
    var json =
        """
        {"kind":"Pod","metadata":{"namespace":"ns","name":"a","uid":"u","resourceVersion":"9",
          "labels":{"app":"web","empty":""},"ownerReferences":[{"kind":"X","uid":"o1"},{"uid":"o2","name":"n"}]},
         "spec":{"nodeName":"n1","containers":[{"name":"c","spec":{"nodeName":"no"}}],"hostNetwork":true},
         "status":{"phase":"Running","podIP":"10.0.0.1","podIPs":[{"ip":"10.0.0.1"}]}}
        """;
    var reader = IndexEntryReader.of(type("pods"));

    var entry = reader.read(json.getBytes(StandardCharsets.UTF_8));

    assertThat(entry).isEqualTo(reader.read(tree(json)));
    assertThat(entry.labels()).isEqualTo(Map.of("app", "web", "empty", ""));
    assertThat(entry.ownerUids()).isEqualTo(List.of("o1", "o2"));
    assertThat(entry.fields())
        .containsEntry("spec.nodeName", "n1")
        .containsEntry("spec.host", "n1")
        .containsEntry("spec.hostNetwork", "true")
        .containsEntry("status.phase", "Running")
        .containsEntry("spec.schedulerName", "");
    assertThat(entry.resourceVersion()).isEqualTo("9");
  }

  @Test
  void absentFieldsReadAsZeroAndTheSourceOfAnEventFallsBack() {
    assertThat(IndexEntryReader.of(type("nodes")).read(tree("{}")).fields())
        .containsEntry("spec.unschedulable", "false");
    var replicaSets =
        IndexEntryReader.of(registry.find(new TypeRef("apps", "replicasets")).orElseThrow());
    assertThat(replicaSets.read(tree("{}")).fields()).containsEntry("status.replicas", "0");
    assertThat(
            IndexEntryReader.of(type("events"))
                .read("{\"reportingComponent\":\"r\"}".getBytes(StandardCharsets.UTF_8))
                .fields())
        .containsEntry("source", "r");
  }

  private ResourceType type(String plural) {
    return registry.find(TypeRef.core(plural)).orElseThrow();
  }

  private static ObjectNode tree(String json) {
    return (ObjectNode)
        ((Decoded) new JsonDecoder().decode(json.getBytes(StandardCharsets.UTF_8))).value();
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
