package dev.troupe.resources.subresource;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.ShortTable;
import dev.troupe.resources.table.ShortTable.Fact;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The `autoscaling/v1` view of what can be scaled.
public record Scale() implements Subresource.View {

  private static final Form FORM =
      new Form("autoscaling", "v1", "Scale", "io.k8s.api.autoscaling.v1.Scale");

  private static final TableBuilder TABLE =
      ShortTable.of(
          new Fact(
              Column.number("Desired", "How many there should be."),
              scale -> Cells.number(scale.path("spec"), "replicas")),
          new Fact(
              Column.number("Available", "How many there are."),
              scale -> Cells.number(scale.path("status"), "replicas")));

  @Override
  public TableBuilder table() {
    return TABLE;
  }

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public Form form() {
    return FORM;
  }

  @Override
  public ObjectNode of(ObjectNode object) {
    var scale = blank(object);
    long replicas = Json.number(Json.object(object, "spec"), "replicas", 1);
    if (replicas != 0) {
      Json.child(scale, "spec").put("replicas", (int) replicas);
    }
    var status = Json.child(scale, "status");
    status.put("replicas", (int) Json.number(Json.object(object, "status"), "replicas", 0));
    var selector = selector(Json.object(Json.object(object, "spec"), "selector"));
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    return scale;
  }

  /// A view of an object, without its numbers.
  static ObjectNode blank(ObjectNode object) {
    var scale = Json.object();
    scale.put("kind", "Scale");
    scale.put("apiVersion", "autoscaling/v1");
    var metadata = scale.putObject("metadata");
    var from = Json.object(object, "metadata");
    for (var field :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      Json.copy(field, from, metadata);
    }
    scale.putObject("spec");
    scale.putObject("status");
    return scale;
  }

  @Override
  public ObjectNode wanted(ObjectNode applied) {
    var wanted = Json.object();
    var replicas = Json.get(Json.object(applied, "spec"), "replicas");
    if (replicas != null) {
      wanted.putObject("spec").set("replicas", replicas);
    }
    return wanted;
  }

  @Override
  public Applied applied(ObjectNode scale, ObjectNode current) {
    return counted(
        scale,
        replicas -> {
          var changed = current.deepCopy();
          Json.child(changed, "spec").put("replicas", replicas);
          return changed;
        });
  }

  /// What comes of the number that a view wants.
  static Applied counted(ObjectNode scale, IntFunction<ObjectNode> change) {
    int replicas = (int) Json.number(Json.object(scale, "spec"), "replicas", 0);
    if (replicas < 0) {
      var errors = new FieldErrors();
      errors.invalid(Path.SPEC.child("replicas"), replicas, "must be greater than or equal to 0");
      return new Applied.Invalid(errors);
    }
    return new Applied.Changed(change.apply(replicas));
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
