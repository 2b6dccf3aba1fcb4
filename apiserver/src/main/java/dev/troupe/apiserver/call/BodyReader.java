package dev.troupe.apiserver.call;

import dev.troupe.apiserver.request.BodyFormat;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.codec.Decoding;
import dev.troupe.resources.codec.DocumentDecoder;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.protobuf.ProtobufDecoder;
import dev.troupe.resources.codec.yaml.YamlDecoder;
import dev.troupe.resources.registry.ResourceRegistry;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads what clients send.
public final class BodyReader {

  private final DocumentDecoder json = new JsonDecoder();
  private final DocumentDecoder yaml = new YamlDecoder();
  private final DocumentDecoder protobuf;

  public BodyReader(ResourceRegistry registry) {
    protobuf = new ProtobufDecoder(registry, registry.schemas());
  }

  /// An object, and the paths of the fields that it has twice.
  public record Body(ObjectNode object, List<String> duplicateFields) {}

  public record Patch(JsonNode patch, List<String> duplicateFields) {}

  /// @throws RefusedException with 400 or 415
  public Body object(Call call) {
    var decoded = decode(decoder(BodyFormat.ofObject(call.request())), call.body());
    if (decoded.value() instanceof ObjectNode object) {
      return new Body(object, decoded.duplicateFields());
    }
    throw RefusedException.badRequest(
        "couldn't get version/kind; json parse error: json: cannot unmarshal "
            + typeOf(decoded.value())
            + " into Go value of type struct { APIVersion string; Kind string }");
  }

  /// @throws RefusedException with 400
  public Patch patch(byte[] body) {
    var decoded = decode(json, body);
    return new Patch(decoded.value(), decoded.duplicateFields());
  }

  /// An object that is applied, in YAML, which JSON is as well.
  ///
  /// @throws RefusedException with 400
  public Body applied(byte[] body) {
    var decoded = decode(yaml, body);
    if (decoded.value() instanceof ObjectNode object) {
      return new Body(object, decoded.duplicateFields());
    }
    throw RefusedException.badRequest(
        "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
            + typeOf(decoded.value())
            + " into Go value of type map[string]interface {}");
  }

  private DocumentDecoder decoder(BodyFormat format) {
    return switch (format) {
      case YAML -> yaml;
      case PROTOBUF -> protobuf;
      case JSON, JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH, APPLY_PATCH -> json;
    };
  }

  private static Decoding.Decoded decode(DocumentDecoder decoder, byte[] body) {
    return switch (decoder.decode(body)) {
      case Decoding.Decoded decoded -> decoded;
      case Decoding.Refused(var message) -> throw RefusedException.badRequest(message);
    };
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case BOOLEAN -> "bool";
      case NUMBER -> "number";
      case STRING -> "string";
      default -> "value";
    };
  }
}
