package dev.troupe.resources.ownership.field;

import dev.troupe.resources.codec.Decoding;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.ownership.field.PathStep.FieldStep;
import dev.troupe.resources.ownership.field.PathStep.IndexStep;
import dev.troupe.resources.ownership.field.PathStep.KeyStep;
import dev.troupe.resources.ownership.field.PathStep.KeyValue;
import dev.troupe.resources.ownership.field.PathStep.ValueStep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sets of fields as `managedFields` writes them: an object for each step, `f:` before the name of
/// a field, `k:` before keys, `v:` before a value, `i:` before an index; `.` is the object itself.
public final class FieldsV1 {

  private static final String SELF = ".";

  private FieldsV1() {}

  public static ObjectNode write(FieldSet set) {
    var fields = Json.object();
    for (int i = 0; i < set.size(); i++) {
      var below = set.below(i);
      var inside = Json.object();
      if (set.isMember(i) && !below.isEmpty()) {
        inside.set(SELF, Json.object());
      }
      inside.setAll(write(below));
      fields.set(text(set.step(i)), inside);
    }
    return fields;
  }

  private static String text(PathStep step) {
    return switch (step) {
      case FieldStep(var name) -> "f:" + name;
      case KeyStep(var keys) -> text(keys);
      case ValueStep(var value) -> "v:" + text(value);
      case IndexStep(var index) -> "i:" + index;
    };
  }

  private static String text(List<KeyValue> keys) {
    var text = new StringBuilder("k:{");
    for (var key : keys) {
      text.append(text.length() > 3 ? ",\"" : "\"").append(key.name()).append("\":");
      text.append(text(key.value()));
    }
    return text.append('}').toString();
  }

  /// Texts without anything to escape, which nearly all are, take the short way.
  private static String text(JsonNode scalar) {
    return scalar.isString() && isPlain(scalar.stringValue())
        ? '"' + scalar.stringValue() + '"'
        : scalar.toString();
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\');
  }

  /// The set that is written down; empty if it is none. Steps of unknown kinds are left out.
  public static Optional<FieldSet> read(ObjectNode fields) {
    try {
      return Optional.of(readSet(fields));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Whether what [#write] has written has any of the paths. Nothing is read for that.
  public static boolean hasAny(ObjectNode written, FieldSet some) {
    for (int i = 0; i < some.size(); i++) {
      if (written.get(text(some.step(i))) instanceof ObjectNode inside
          && ((some.isMember(i) && isMember(inside)) || hasAny(inside, some.below(i)))) {
        return true;
      }
    }
    return false;
  }

  /// Whether what [#write] has written has all of the paths.
  public static boolean hasAll(ObjectNode written, FieldSet all) {
    for (int i = 0; i < all.size(); i++) {
      if (!(written.get(text(all.step(i))) instanceof ObjectNode inside)
          || (all.isMember(i) && !isMember(inside))
          || !hasAll(inside, all.below(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMember(ObjectNode inside) {
    return inside.isEmpty() || inside.has(SELF);
  }

  private static FieldSet readSet(ObjectNode fields) {
    var set = new FieldSetBuilder(fields.size());
    for (var entry : fields.properties()) {
      if (entry.getKey().equals(SELF)) {
        continue;
      }
      if (!(entry.getValue() instanceof ObjectNode inside)) {
        throw new IllegalArgumentException("what is below " + entry.getKey() + " is no object");
      }
      var step = step(entry.getKey());
      if (step != null) {
        var below = readSet(inside);
        set.add(step, below.isEmpty() || inside.has(SELF), below);
      }
    }
    return set.build();
  }

  private static @Nullable PathStep step(String text) {
    if (text.length() < 2 || text.charAt(1) != ':') {
      throw new IllegalArgumentException("no step: " + text);
    }
    var rest = text.substring(2);
    return switch (text.charAt(0)) {
      case 'f' -> new FieldStep(rest);
      case 'k' -> keys(rest);
      case 'v' -> new ValueStep(scalar(parse(rest)));
      case 'i' -> new IndexStep(Integer.parseInt(rest));
      default -> null;
    };
  }

  private static KeyStep keys(String text) {
    if (!(parse(text) instanceof ObjectNode object)) {
      throw new IllegalArgumentException("no keys: " + text);
    }
    var keys = new ArrayList<KeyValue>(object.size());
    for (var key : object.properties()) {
      keys.add(new KeyValue(key.getKey(), scalar(key.getValue())));
    }
    return new KeyStep(keys);
  }

  private static JsonNode scalar(JsonNode value) {
    if (value.isContainer()) {
      throw new IllegalArgumentException("no scalar: " + value);
    }
    return value;
  }

  private static JsonNode parse(String json) {
    return switch (new JsonDecoder().decode(json.getBytes(StandardCharsets.UTF_8))) {
      case Decoding.Decoded(var value, _) -> value;
      case Decoding.Refused(var message) -> throw new IllegalArgumentException(message);
    };
  }
}
