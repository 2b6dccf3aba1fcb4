package dev.troupe.apiserver.encoding;

import static dev.troupe.apiserver.encoding.Bytes.ascii;
import static dev.troupe.apiserver.encoding.Bytes.concat;

import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Format;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import dev.troupe.resources.codec.owners.JsonParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A list in parts that follow each other, each made when it is asked for: however long the list
/// is, one item of it is written at a time.
final class ListParts implements JsonParts {

  private static final byte[] COMMA = ascii(",");
  private static final byte[] NOTHING = {};
  private static final UnaryOperator<byte[]> UNCHANGED = UnaryOperator.identity();

  /// Items are two levels below the list.
  private static final byte[] DEEPER = ascii("    ");

  private final byte[] head;
  private final Iterator<byte[]> items;
  private final UnaryOperator<byte[]> written;
  private final byte[] separator;
  private final byte[] tail;
  private Next next = Next.HEAD;

  /// What comes next.
  private enum Next {
    HEAD,
    ITEM,
    SEPARATOR,
    NOTHING
  }

  private ListParts(
      byte[] head,
      Iterator<byte[]> items,
      UnaryOperator<byte[]> written,
      byte[] separator,
      byte[] tail) {
    this.head = head;
    this.items = items;
    this.written = written;
    this.separator = separator;
    this.tail = tail;
  }

  /// Compact JSON.
  ///
  /// @param start the list without its items
  /// @param field the name of its items
  static Iterator<byte[]> compact(
      ObjectNode start, String field, Iterator<byte[]> items, UnaryOperator<byte[]> written) {
    byte[] open = JsonEncoder.encode(start);
    return new ListParts(
        concat(Arrays.copyOf(open, open.length - 1), ascii(",\"" + field + "\":[")),
        items,
        written,
        COMMA,
        ascii("]}\n"));
  }

  /// The same, of items that are written as they are.
  static Iterator<byte[]> compact(ObjectNode start, String field, Iterator<byte[]> items) {
    return compact(start, field, items, UNCHANGED);
  }

  /// JSON for people, or YAML.
  ///
  /// @param written yields compact JSON
  static Iterator<byte[]> formatted(
      ObjectNode start,
      String field,
      Iterator<byte[]> items,
      UnaryOperator<byte[]> written,
      Representation representation) {
    return representation.format() == Format.YAML
        ? yaml(start, field, items, written, representation)
        : indented(start, field, items, written, representation);
  }

  private static Iterator<byte[]> indented(
      ObjectNode start,
      String field,
      Iterator<byte[]> items,
      UnaryOperator<byte[]> written,
      Representation representation) {
    byte[] open = Encoding.encode(start, representation);
    return new ListParts(
        concat(
            Arrays.copyOf(open, open.length - 2),
            ascii(",\n  \"" + field + (items.hasNext() ? "\": [\n    " : "\": ["))),
        items,
        item -> deeper(Encoding.encode(tree(written.apply(item)), representation)),
        ascii(",\n    "),
        ascii(items.hasNext() ? "\n  ]\n}" : "]\n}"));
  }

  /// The keys of YAML are sorted: some stand before the items, some behind.
  private static Iterator<byte[]> yaml(
      ObjectNode start,
      String field,
      Iterator<byte[]> items,
      UnaryOperator<byte[]> written,
      Representation representation) {
    ObjectNode before = JsonNodeFactory.instance.objectNode();
    ObjectNode behind = JsonNodeFactory.instance.objectNode();
    for (var entry : start.properties()) {
      (entry.getKey().compareTo(field) < 0 ? before : behind).set(entry.getKey(), entry.getValue());
    }
    return new ListParts(
        concat(
            Encoding.encode(before, representation),
            ascii(field + (items.hasNext() ? ":\n" : ": []\n"))),
        items,
        item ->
            Encoding.encode(
                JsonNodeFactory.instance.arrayNode().add(tree(written.apply(item))),
                representation),
        NOTHING,
        behind.isEmpty() ? NOTHING : Encoding.encode(behind, representation));
  }

  private static JsonNode tree(byte[] json) {
    return JsonDecoder.stored(json);
  }

  /// Line feeds inside of texts are escaped: each that there is begins a line.
  private static byte[] deeper(byte[] json) {
    var out = new ByteArrayOutputStream(json.length + json.length / 8);
    int from = 0;
    for (int at = 0; at < json.length; at++) {
      if (json[at] == '\n') {
        out.write(json, from, at + 1 - from);
        out.writeBytes(DEEPER);
        from = at + 1;
      }
    }
    out.write(json, from, json.length - from);
    return out.toByteArray();
  }

  @Override
  public boolean hasNext() {
    return next != Next.NOTHING;
  }

  /// An item that stays as it is goes the short way.
  @Override
  @SuppressWarnings("ReferenceEquality") // one is named
  public void writeNext(OutputStream out) throws IOException {
    if (next == Next.ITEM && written == UNCHANGED) {
      next = Next.SEPARATOR;
      JsonParts.writeNext(items, out);
    } else {
      out.write(next());
    }
  }

  @Override
  public byte[] next() {
    return switch (next) {
      case HEAD -> {
        next = items.hasNext() ? Next.ITEM : Next.SEPARATOR;
        yield head;
      }
      case ITEM -> {
        next = Next.SEPARATOR;
        yield written.apply(items.next());
      }
      case SEPARATOR -> {
        boolean more = items.hasNext();
        next = more ? Next.ITEM : Next.NOTHING;
        yield more ? separator : tail;
      }
      case NOTHING -> throw new NoSuchElementException();
    };
  }
}
