package dev.troupe.resources.expression;

import dev.troupe.resources.validation.FieldError;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Rules as tests write them down.
record RulesOf(String schema) {

  private static final JsonMapper JSON = JsonMapper.shared();

  static ObjectNode json(String text) {
    return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
  }

  /// A schema of one field, `x`, whose objects have one rule.
  static RulesOf field(String field, String rule) {
    var schema = json("{'type':'object','properties':{'spec':{'type':'object','properties':{}}}}");
    var spec = (ObjectNode) schema.get("properties").get("spec");
    ((ObjectNode) spec.get("properties")).set("x", json(field));
    spec.putArray("x-kubernetes-validations").addObject().put("rule", rule);
    return new RulesOf(schema.toString());
  }

  List<String> complaints() {
    var errors = new FieldErrors();
    SchemaRules.compile((ObjectNode) JSON.readTree(schema), Path.ROOT.child("schema"), errors);
    return texts(errors);
  }

  List<String> check(String object) {
    return check(object, null);
  }

  List<String> check(String object, @Nullable String old) {
    var errors = new FieldErrors();
    var rules =
        SchemaRules.compile((ObjectNode) JSON.readTree(schema), Path.ROOT.child("schema"), errors);
    if (!errors.isEmpty()) {
      throw new AssertionError(texts(errors));
    }
    rules.check(json(object), old == null ? null : json(old), errors);
    return texts(errors);
  }

  private static List<String> texts(FieldErrors errors) {
    return errors.all().stream().map(FieldError::toString).toList();
  }
}
