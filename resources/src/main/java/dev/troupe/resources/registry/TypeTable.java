package dev.troupe.resources.registry;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.kind.Plain;
import dev.troupe.resources.registry.ResourceType.Lifecycle;
import dev.troupe.resources.registry.ResourceType.Names;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.resources.subresource.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the table of resource types that the build carries.
final class TypeTable {

  private static final String TABLE = "resource-types.tsv";

  private TypeTable() {}

  static List<ResourceType> read() {
    try (var in = TypeTable.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException("table " + TABLE + " is missing from the build");
      }
      var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      var columns = List.of(lines.getFirst().split("\t", -1));
      return lines.stream().skip(1).map(line -> type(row(columns, line))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> row(List<String> columns, String line) {
    var cells = line.split("\t", -1);
    var row = new LinkedHashMap<String, String>();
    for (int i = 0; i < cells.length; i++) {
      row.put(columns.get(i), cells[i]);
    }
    return row;
  }

  private static ResourceType type(Map<String, String> row) {
    var served = split(row, "served").stream().map(TypeTable::served).toList();
    var plural = cell(row, "plural");
    return new ResourceType(
        new TypeRef(served.getFirst().group(), plural),
        new Names(
            plural,
            cell(row, "singular"),
            cell(row, "kind"),
            split(row, "shortNames"),
            split(row, "categories")),
        cell(row, "scope").equals("namespaced"),
        cell(row, "kept").equals("stored"),
        served,
        verbs(split(row, "verbs")),
        subresources(split(row, "subresources")),
        selectable(split(row, "selectable")),
        lifecycle(Set.copyOf(split(row, "lifecycle"))),
        home(cell(row, "home")));
  }

  private static String cell(Map<String, String> row, String column) {
    var cell = row.get(column);
    if (cell == null) {
      throw new IllegalStateException("table " + TABLE + " has a row without " + column);
    }
    return cell;
  }

  private static List<String> split(Map<String, String> row, String column) {
    var cell = cell(row, column);
    return cell.isEmpty() ? List.of() : List.of(cell.split(",", -1));
  }

  private static Served served(String text) {
    int equals = text.indexOf('=');
    int slash = text.lastIndexOf('/', equals);
    return new Served(
        slash < 0 ? "" : text.substring(0, slash),
        text.substring(slash + 1, equals),
        text.substring(equals + 1));
  }

  private static Set<Verb> verbs(List<String> names) {
    return names.stream()
        .map(name -> Verb.valueOf(name.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Verb.class)));
  }

  private static Set<Subresource> subresources(List<String> names) {
    return names.stream()
        .map(TypeTable::subresource)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Subresource subresource(String name) {
    var subresource = Subresources.named(name);
    if (subresource instanceof Subresource.Unknown) {
      throw new IllegalStateException("table " + TABLE + " names a subresource " + name);
    }
    return subresource;
  }

  private static Map<String, String> selectable(List<String> pairs) {
    var fields = new LinkedHashMap<String, String>();
    for (var pair : pairs) {
      var parts = pair.split("=", 2);
      fields.put(parts[0], parts[1]);
    }
    return fields;
  }

  private static Lifecycle lifecycle(Set<String> traits) {
    return new Lifecycle(
        traits.contains("tracksGeneration"),
        traits.contains("createOnUpdate"),
        traits.contains("unconditionalUpdate"));
  }

  /// The kind by its class, so that a new one needs nothing but that class and its row.
  private static Kind home(String name) {
    if (name.isEmpty()) {
      return new Plain();
    }
    try {
      return Class.forName(Kind.class.getPackageName() + "." + name)
          .asSubclass(Kind.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("table " + TABLE + " names a kind " + name, e);
    }
  }
}
