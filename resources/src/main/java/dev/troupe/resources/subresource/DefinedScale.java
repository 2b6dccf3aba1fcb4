package dev.troupe.resources.subresource;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.table.TableBuilder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The `autoscaling/v1` view of what a definition says how to scale: by numbers at places such as
/// `.spec.replicas`.
///
/// @param selector a text; empty if there is none
public record DefinedScale(String specReplicas, String statusReplicas, String selector)
    implements Subresource.View {

  private static final Pattern DOT = Pattern.compile("\\.");

  @Override
  public String name() {
    return Subresources.SCALE.name();
  }

  @Override
  public Form form() {
    return Subresources.SCALE.form();
  }

  @Override
  public TableBuilder table() {
    return Subresources.SCALE.table();
  }

  @Override
  public ObjectNode of(ObjectNode stored) {
    var scale = Scale.blank(stored);
    int replicas = number(value(stored, specReplicas));
    if (replicas != 0) {
      Json.child(scale, "spec").put("replicas", replicas);
    }
    var status = Json.child(scale, "status");
    status.put("replicas", number(value(stored, statusReplicas)));
    var selected = value(stored, selector);
    if (selected != null && selected.isString() && !selected.stringValue().isEmpty()) {
      status.put("selector", selected.stringValue());
    }
    return scale;
  }

  private static int number(@Nullable JsonNode value) {
    return value != null && value.isIntegralNumber() && value.canConvertToInt()
        ? value.intValue()
        : 0;
  }

  @Override
  public ObjectNode wanted(ObjectNode applied) {
    var wanted = Json.object();
    var replicas = Json.get(Json.object(applied, "spec"), "replicas");
    if (replicas != null && replicas.canConvertToInt()) {
      put(wanted, specReplicas, replicas.intValue());
    }
    return wanted;
  }

  @Override
  public Applied applied(ObjectNode written, ObjectNode current) {
    return Scale.counted(
        written,
        replicas -> {
          var changed = current.deepCopy();
          put(changed, specReplicas, replicas);
          return changed;
        });
  }

  /// What is at a path; null if nothing is.
  public static @Nullable JsonNode value(JsonNode object, String path) {
    if (path.isEmpty()) {
      return null;
    }
    @Nullable JsonNode at = object;
    for (var name : names(path)) {
      at = Json.get(at, name);
    }
    return at;
  }

  /// Puts a number where a path leads to, and the objects on the way there.
  private static void put(ObjectNode object, String path, int value) {
    var names = names(path);
    var at = object;
    for (int i = 0; i < names.length - 1; i++) {
      at = Json.child(at, names[i]);
    }
    at.put(names[names.length - 1], value);
  }

  private static String[] names(String path) {
    return DOT.split(path.startsWith(".") ? path.substring(1) : path, -1);
  }
}
