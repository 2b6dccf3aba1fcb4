package dev.troupe.resources.mutation;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.ArrayList;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The `autoscaling/v1` view of what can be scaled.
public final class Scale {

  private Scale() {}

  /// The Scale of a deployment or replica set.
  public static ObjectNode of(ObjectNode object) {
    var scale = Json.object();
    scale.put("kind", "Scale");
    scale.put("apiVersion", "autoscaling/v1");
    var metadata = scale.putObject("metadata");
    var from = Json.object(object, "metadata");
    for (var field :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      Metadata.copy(field, from, metadata);
    }
    var spec = scale.putObject("spec");
    long replicas = Json.number(Json.object(object, "spec"), "replicas", 1);
    if (replicas != 0) {
      spec.put("replicas", (int) replicas);
    }
    var status = scale.putObject("status");
    status.put("replicas", (int) Json.number(Json.object(object, "status"), "replicas", 0));
    var selector = selector(Json.object(Json.object(object, "spec"), "selector"));
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    return scale;
  }

  /// Takes the replicas out of a written Scale and into the object.
  ///
  /// @return a changed copy of `current`
  static ObjectNode applied(Target target, ObjectNode scale, ObjectNode current) {
    checkType(target, scale);
    Preconditions.check(target, scale, current, true);
    var spec = Json.get(scale, "spec");
    if (spec != null && !spec.isObject()) {
      throw undecodable("object into Go struct field Scale.spec of type v1.ScaleSpec");
    }
    long replicas = replicas(spec instanceof ObjectNode object ? object : null);
    if (replicas < 0) {
      var errors = new FieldErrors();
      errors.invalid(Path.SPEC.child("replicas"), replicas, "must be greater than or equal to 0");
      throw new Refusing(Invalid.of("autoscaling", "Scale", target.name(), errors.all()));
    }
    var changed = current.deepCopy();
    Json.child(changed, "spec").put("replicas", (int) replicas);
    return changed;
  }

  private static void checkType(Target target, ObjectNode scale) {
    var apiVersion = Json.text(scale, "apiVersion");
    var kind = Json.text(scale, "kind");
    boolean otherVersion = !apiVersion.isEmpty() && !apiVersion.equals("autoscaling/v1");
    if (otherVersion || (!kind.isEmpty() && !kind.equals("Scale"))) {
      throw new Refusing(
          Refusal.badRequest(
              "expected input object type to be Scale, but " + apiVersion + ", Kind=" + kind));
    }
    Agreement.ofExisting(target, scale);
  }

  private static long replicas(@Nullable ObjectNode spec) {
    var value = Json.get(spec, "replicas");
    if (value == null) {
      return 0;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      var what = value.isNumber() ? "number " + value : value.isString() ? "string" : "value";
      throw undecodable(what + " into Go struct field ScaleSpec.spec.replicas of type int32");
    }
    return value.intValue();
  }

  private static Refusing undecodable(String what) {
    return new Refusing(
        Refusal.badRequest(
            "Scale in version \"v1\" cannot be handled as a Scale: json: cannot unmarshal "
                + what));
  }

  /// A label selector in the form that query parameters have.
  private static String selector(@Nullable ObjectNode selector) {
    var terms = new ArrayList<String>();
    var labels = new TreeMap<String, String>();
    for (var label : Json.entries(selector, "matchLabels")) {
      labels.put(label.getKey(), label.getValue().asString(""));
    }
    labels.forEach((key, value) -> terms.add(key + "=" + value));
    for (var term : Json.objects(selector, "matchExpressions")) {
      terms.add(term(term));
    }
    return String.join(",", terms);
  }

  private static String term(ObjectNode term) {
    var key = Json.text(term, "key");
    var values =
        "(" + String.join(",", Json.strings(term, "values").stream().sorted().toList()) + ")";
    return switch (Json.text(term, "operator")) {
      case "In" -> key + " in " + values;
      case "NotIn" -> key + " notin " + values;
      case "DoesNotExist" -> "!" + key;
      default -> key;
    };
  }
}
