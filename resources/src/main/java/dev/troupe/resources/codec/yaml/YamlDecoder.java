package dev.troupe.resources.codec.yaml;

import dev.troupe.resources.codec.Decoding;
import dev.troupe.resources.codec.Decoding.Decoded;
import dev.troupe.resources.codec.Decoding.Refused;
import dev.troupe.resources.codec.DocumentDecoder;
import dev.troupe.resources.codec.Utf8;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the first document of a YAML stream into what the same document would be in JSON.
///
/// Plain scalars mean what they mean in YAML 1.1, as in Kubernetes: `yes` is true, `0644` is octal.
public final class YamlDecoder implements DocumentDecoder {

  private static final int CODE_POINT_LIMIT = 4 << 20;
  private static final String REFUSAL = "error converting YAML to JSON: yaml: ";

  /// The reader copies all that it has not given out whenever it reads on: with a short buffer, one
  /// token of megabytes is copied thousands of times.
  private static final int LONG_BUFFER = 256 * 1024;

  private static final int SHORT_BUFFER = 1024;
  private static final LoadSettings SETTINGS = settings(SHORT_BUFFER);
  private static final LoadSettings LONG_SETTINGS = settings(LONG_BUFFER);

  @Override
  public Decoding decode(byte[] body) {
    int bad = Utf8.firstInvalid(body);
    if (bad >= 0) {
      return new Refused(REFUSAL + "invalid UTF-8 at byte " + bad);
    }
    try {
      var text = new String(body, StandardCharsets.UTF_8);
      var builder =
          new YamlTreeBuilder(
              new Parse(body.length > 16 * SHORT_BUFFER ? LONG_SETTINGS : SETTINGS)
                  .parseString(text)
                  .iterator());
      return new Decoded(builder.document(), builder.duplicates());
    } catch (YamlRefusal refusal) {
      return new Refused(REFUSAL + refusal.getMessage());
    } catch (NumberFormatException tooLarge) {
      // An escape whose number no character has, of which the library does not think.
      return new Refused(REFUSAL + YamlTreeBuilder.NO_CHARACTER);
    } catch (YamlEngineException e) {
      return new Refused(REFUSAL + words(e));
    }
  }

  private static LoadSettings settings(int buffer) {
    return LoadSettings.builder()
        .setCodePointLimit(CODE_POINT_LIMIT)
        .setParseComments(false)
        .setBufferSize(buffer)
        .build();
  }

  /// As Kubernetes' reader says it: the line and the problem, without the place in the text.
  private static String words(YamlEngineException e) {
    return switch (e) {
      case ReaderException _ -> "control characters are not allowed";
      case MarkedYamlEngineException marked ->
          marked.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("")
              + problem(marked.getProblem());
      default -> "the document is not valid";
    };
  }

  private static String problem(@Nullable String problem) {
    if (problem == null) {
      return "the document is not valid";
    }
    return problem.contains("cannot start any token")
        ? "found character that cannot start any token"
        : problem.replace(" not allowed here", " not allowed in this context");
  }

  /// What the parser accepts and Kubernetes does not.
  static final class YamlRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    YamlRefusal(String message) {
      super(message, null, false, false);
    }
  }
}
