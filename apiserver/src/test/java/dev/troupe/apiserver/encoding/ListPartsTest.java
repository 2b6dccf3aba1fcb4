package dev.troupe.apiserver.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Format;
import dev.troupe.apiserver.request.Representation.IncludeObject;
import dev.troupe.apiserver.request.Representation.Shape;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.owners.JsonParts;
import dev.troupe.resources.registry.ResourceRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A list that is written item by item is what it would be if it were written as a whole.
class ListPartsTest {

  private static final Endpoint MAPS = endpoint();

  private static Endpoint endpoint() {
    var type = ResourceRegistry.standard().endpoint("v1", "configmaps").orElseThrow();
    return new Endpoint(type, type.storage());
  }

  private static List<byte[]> maps(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m%d","labels":{"a":"yes"}},\
            "data":{"text":"two\\nlines, { [ \\"","empty":""}}\
            """
                .formatted(i)
                .getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private static byte[] joined(ObjectForm form, List<byte[]> items) {
    var out = new ByteArrayOutputStream();
    form.list(items.iterator(), new ListMeta(7, "more", 3)).forEachRemaining(out::writeBytes);
    assertThat(written(form, items)).isEqualTo(out.toByteArray());
    return out.toByteArray();
  }

  /// On the way that long answers go.
  private static byte[] written(ObjectForm form, List<byte[]> items) {
    var out = new ByteArrayOutputStream();
    var parts = form.list(items.iterator(), new ListMeta(7, "more", 3));
    try {
      while (parts.hasNext()) {
        JsonParts.writeNext(parts, out);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "WHOLE, 0",
    "WHOLE, 1",
    "WHOLE, 3",
    "METADATA, 0",
    "METADATA, 1",
    "METADATA, 3",
    "TABLE, 0",
    "TABLE, 1",
    "TABLE, 3",
  })
  void itemByItemIsAsTheWhole(Shape shape, int count) {
    var compact = form(Format.JSON, false, shape);
    var tree = JsonDecoder.stored(joined(compact, maps(count)));
    assertThat(tree.path(compact.listField()).size()).isEqualTo(count);
    assertThat(tree.path("metadata").path("remainingItemCount").asInt()).isEqualTo(3);

    for (var representation :
        List.of(
            representation(Format.JSON, true, shape), representation(Format.YAML, false, shape))) {
      var form = Encoding.form(MAPS, representation, InstantSource.system());

      assertThat(new String(joined(form, maps(count)), StandardCharsets.UTF_8))
          .isEqualTo(new String(Encoding.encode(tree, representation), StandardCharsets.UTF_8));
    }
  }

  @Test
  void anItemIsWrittenWhenItIsAskedFor() {
    var written = new AtomicInteger();
    var parts =
        ListParts.compact(
            form(Format.JSON, false, Shape.WHOLE).listStart(new ListMeta(1, "", 0)),
            "items",
            maps(5).iterator(),
            item -> {
              written.incrementAndGet();
              return item;
            });

    parts.next();
    assertThat(written).hasValue(0);
    parts.next();
    assertThat(written).hasValue(1);
  }

  private static JsonForm form(Format format, boolean pretty, Shape shape) {
    return (JsonForm)
        Encoding.form(MAPS, representation(format, pretty, shape), InstantSource.system());
  }

  private static Representation representation(Format format, boolean pretty, Shape shape) {
    return new Representation(format, pretty, shape, "v1", IncludeObject.METADATA);
  }
}
