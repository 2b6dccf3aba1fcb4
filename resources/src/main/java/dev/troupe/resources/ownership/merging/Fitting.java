package dev.troupe.resources.ownership.merging;

import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.field.PathStep;
import dev.troupe.resources.ownership.field.PathStep.FieldStep;
import dev.troupe.resources.ownership.field.PathStep.IndexStep;
import dev.troupe.resources.schema.shape.MergeShape;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether an object that is applied has the shape that it must have: fields that there are, values
/// of their types, no item twice.
public final class Fitting {

  private static final int MOST = 100;

  private final List<PathStep> path = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>(0);

  private Fitting() {}

  /// What is wrong, such as `.spec.replica: field not declared in schema`.
  public static List<String> complaints(JsonNode object, MergeShape shape) {
    var fitting = new Fitting();
    fitting.check(object, shape);
    return fitting.complaints;
  }

  private void check(JsonNode value, MergeShape shape) {
    if (complaints.size() >= MOST) {
      return;
    }
    var why = shape.expected().complaint(value);
    if (why != null) {
      complain(why);
    } else if (value instanceof ObjectNode object) {
      checkFields(object, shape);
    } else if (value instanceof ArrayNode list) {
      checkItems(list, shape);
    }
  }

  private void checkFields(ObjectNode object, MergeShape shape) {
    for (var field : object.properties()) {
      path.add(new FieldStep(field.getKey()));
      var inside = shape.field(field.getKey());
      if (inside == null) {
        complain("field not declared in schema");
      } else {
        check(field.getValue(), inside);
      }
      path.removeLast();
    }
  }

  private void checkItems(ArrayNode list, MergeShape shape) {
    boolean apart = ListSteps.isTakenApart(shape);
    var seen = new TreeSet<PathStep>();
    for (int i = 0; i < list.size(); i++) {
      var item = list.get(i);
      var step = apart ? ListSteps.of(item, shape) : new IndexStep(i);
      if (step == null) {
        complain("element " + i + ": " + ListSteps.complaint(item, shape));
        return;
      }
      if (!seen.add(step)) {
        complain("duplicate entries for key " + step);
      }
      path.add(step);
      check(item, shape.item());
      path.removeLast();
    }
  }

  private void complain(String why) {
    if (complaints.size() < MOST) {
      complaints.add((path.isEmpty() ? "" : FieldSet.text(path) + ": ") + why);
    }
  }
}
