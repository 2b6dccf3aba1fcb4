package dev.troupe.resources.codec;

import dev.troupe.resources.codec.Decoding.Decoded;
import dev.troupe.resources.codec.Decoding.Refused;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON in UTF-8, exactly one value. Bytes that are no UTF-8 stand for U+FFFD, as in Go.
public final class JsonDecoder implements DocumentDecoder {

  /// Deeper documents are refused: what follows walks them recursively, and no type is as deep.
  /// Kubernetes has the same words for it, and says them from 10,000 on.
  public static final int MAX_DEPTH = 500;

  private static final int MAX_NUMBER_LENGTH = 1000;
  private static final String REFUSAL = "couldn't get version/kind; json parse error: ";

  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /// Reads an object that [JsonEncoder] has written: nothing about it is checked.
  ///
  /// @throws JacksonException if it is no JSON
  public static ObjectNode stored(byte[] json) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      return (ObjectNode) new TreeBuilder(parser, false).value();
    }
  }

  @Override
  public Decoding decode(byte[] body) {
    int bad = Utf8.firstInvalid(body);
    if (bad >= 0 && Utf8.hasMarkOrZero(body)) {
      return refused(body, "unexpected end of JSON input");
    }
    return decode(bad < 0 ? body : Utf8.repaired(body, bad), body);
  }

  /// @param sent the same as it was sent, for what is said of it
  private static Decoding decode(byte[] body, byte[] sent) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() == null) {
        return new Refused(REFUSAL + "unexpected end of JSON input");
      }
      var builder = new TreeBuilder(parser, Utf8.mayEscapeSurrogates(body));
      var value = builder.value();
      if (parser.nextToken() != null) {
        return refused(sent, "invalid character after top-level value");
      }
      return new Decoded(value, builder.duplicates());
    } catch (StreamConstraintsException tooMuch) {
      boolean deep = String.valueOf(tooMuch.getOriginalMessage()).contains("nesting depth");
      return new Refused(REFUSAL + (deep ? "exceeded max depth" : "a number is too long"));
    } catch (JacksonException _) {
      return refused(sent, "unexpected end of JSON input");
    }
  }

  private static Refused refused(byte[] body, String otherwise) {
    return new Refused(REFUSAL + JsonComplaint.about(body, otherwise));
  }
}
