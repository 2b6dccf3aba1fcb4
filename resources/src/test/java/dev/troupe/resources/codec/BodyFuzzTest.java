package dev.troupe.resources.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.troupe.resources.codec.Decoding.Decoded;
import dev.troupe.resources.codec.Decoding.Refused;
import dev.troupe.resources.codec.protobuf.ProtobufDecoder;
import dev.troupe.resources.codec.yaml.YamlDecoder;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.schema.Conformer;
import dev.troupe.resources.schema.Schemas;
import tools.jackson.databind.node.ObjectNode;

/// No body makes a decoder throw, and what is decoded can be written and read again. Runs on its
/// inputs as a test; `JAZZER_FUZZ=1 ./mvnw -pl resources -am test -Dtest=BodyFuzzTest#json` looks
/// for more.
class BodyFuzzTest {

  private static final ProtobufDecoder PROTOBUF =
      new ProtobufDecoder(ResourceRegistry.standard(), Schemas.standard());

  @FuzzTest(maxDuration = "2m")
  void json(byte[] body) {
    check(new JsonDecoder().decode(body));
  }

  @FuzzTest(maxDuration = "2m")
  void yaml(byte[] body) {
    check(new YamlDecoder().decode(body));
  }

  @FuzzTest(maxDuration = "2m")
  void protobuf(byte[] body) {
    check(PROTOBUF.decode(body));
  }

  private static void check(Decoding decoding) {
    switch (decoding) {
      case Refused(var message) -> assertThat(message).isNotEmpty();
      case Decoded(var value, _) -> {
        var again = (Decoded) new JsonDecoder().decode(JsonEncoder.encode(value));
        assertThat(Json.same(again.value(), value)).isTrue();
        if (value instanceof ObjectNode object) {
          Conformer.standard().conform(object, "io.k8s.api.core.v1.Pod");
        }
      }
    }
  }
}
