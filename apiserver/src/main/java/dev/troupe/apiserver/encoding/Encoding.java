package dev.troupe.apiserver.encoding;

import static dev.troupe.apiserver.encoding.Bytes.ascii;

import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Format;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import dev.troupe.resources.codec.protobuf.ProtobufEncoder;
import dev.troupe.resources.codec.yaml.YamlEncoder;
import dev.troupe.resources.subresource.Subresource;
import java.time.InstantSource;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Finds the form that a client wants, and writes documents in its format.
public final class Encoding {

  /// As Go indents: every item on a line of its own, and nothing in what is empty.
  private static final JsonMapper PRETTY = pretty();

  private static final byte[] EVENT_END = ascii("}\n");

  private Encoding() {}

  private static JsonMapper pretty() {
    var lines = new DefaultIndenter("  ", "\n");
    var separators =
        Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    var printer =
        new DefaultPrettyPrinter(separators).withObjectIndenter(lines).withArrayIndenter(lines);
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .defaultPrettyPrinter(printer)
        .build();
  }

  public static ObjectForm form(
      Endpoint endpoint, Representation representation, InstantSource clock) {
    JsonForm form =
        switch (representation.shape()) {
          case WHOLE -> new WholeForm(endpoint);
          case METADATA -> new MetadataForm(representation.version());
          case TABLE ->
              new TableForm(
                  endpoint, representation.version(), representation.objects(), true, clock);
        };
    if (representation.format() == Format.PROTOBUF && form instanceof JsonForm.OneKind tree) {
      return new ProtobufForm(tree);
    }
    return representation.format() == Format.JSON && !representation.pretty()
        ? form
        : new FormattedForm(form, representation);
  }

  /// A view of a stored object.
  public static byte[] view(
      Endpoint endpoint,
      Subresource.View view,
      byte[] stored,
      Representation representation,
      InstantSource clock) {
    var object = JsonDecoder.stored(stored);
    var shown = view.of(endpoint.asStored() ? object : endpoint.shown(object));
    return representation.shape() == Representation.Shape.TABLE
        ? encode(
            TableColumns.table(view.table(), shown, representation.version(), clock.instant()),
            representation.whole())
        : encode(shown, view.form().schemaType(), representation.whole());
  }

  /// An object of another schema than that of an endpoint.
  public static byte[] encode(ObjectNode object, String schema, Representation representation) {
    return representation.format() == Format.PROTOBUF
        ? ProtobufForm.encode(object, schema)
        : encode(object, representation);
  }

  /// A `Status`.
  public static byte[] status(ObjectNode status, Representation representation) {
    return encode(status, ProtobufEncoder.STATUS, representation);
  }

  /// A document that is no object, or a table. There is no protobuf of it.
  public static byte[] encode(JsonNode node, Representation representation) {
    if (representation.format() == Format.YAML) {
      return YamlEncoder.encode(node);
    }
    return representation.pretty() ? PRETTY.writeValueAsBytes(node) : JsonEncoder.encode(node);
  }

  /// An event of a watch over HTTP.
  public static byte[] event(String type, ObjectNode object) {
    return event(type, JsonEncoder.encode(object));
  }

  static byte[] event(String type, byte[] object) {
    return Bytes.concat(ascii("{\"type\":\"" + type + "\",\"object\":"), object, EVENT_END);
  }
}
