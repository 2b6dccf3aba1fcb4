package dev.troupe.resources.codec.yaml;

import dev.troupe.resources.codec.Decoding;
import dev.troupe.resources.codec.Decoding.Decoded;
import dev.troupe.resources.codec.Decoding.Refused;
import dev.troupe.resources.codec.DocumentDecoder;
import dev.troupe.resources.codec.Utf8;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the first document of a YAML stream into what the same document would be in JSON.
///
/// Plain scalars mean what they mean in YAML 1.1, as in Kubernetes: `yes` is true, `0644` is octal.
public final class YamlDecoder implements DocumentDecoder {

  private static final int CODE_POINT_LIMIT = 4 << 20;
  private static final String REFUSAL = "error converting YAML to JSON: yaml: ";

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(CODE_POINT_LIMIT).setParseComments(false).build();

  @Override
  public Decoding decode(byte[] body) {
    int bad = Utf8.firstInvalid(body);
    if (bad >= 0) {
      return new Refused(REFUSAL + "invalid UTF-8 at byte " + bad);
    }
    try {
      var text = new String(body, StandardCharsets.UTF_8);
      var builder = new YamlTreeBuilder(new Parse(SETTINGS).parseString(text).iterator());
      return new Decoded(builder.document(), builder.duplicates());
    } catch (YamlRefusal refusal) {
      return new Refused(REFUSAL + refusal.getMessage());
    } catch (YamlEngineException e) {
      return new Refused(REFUSAL + String.valueOf(e.getMessage()).replaceAll("\\s*\n\\s*", " "));
    }
  }

  /// What the parser accepts and Kubernetes does not.
  static final class YamlRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    YamlRefusal(String message) {
      super(message, null, false, false);
    }
  }
}
