package dev.troupe.resources.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/// Whatever a rule is, it is compiled or refused, and asked or ended, in words and never with an
/// exception. Runs on its inputs as a test; `JAZZER_FUZZ=1 ./mvnw -pl resources -am test
/// -Dtest=RulesFuzzTest` looks for more.
class RulesFuzzTest {

  private static final ObjectNode OBJECT =
      RulesOf.json("{'spec':{'x':1,'s':'abc','l':['a','b'],'m':{'k':'v'},'i':'5%'}}");

  @FuzzTest(maxDuration = "2m")
  void rule(byte[] text) {
    check(new String(text, StandardCharsets.UTF_8));
  }

  static void check(String rule) {
    var schema =
        RulesOf.json(
            "{'type':'object','properties':{'spec':{'type':'object','properties':{'x':{'type':"
                + "'integer'},'s':{'type':'string','maxLength':9},'l':{'type':'array','maxItems':9,"
                + "'items':{'type':'string','maxLength':9}},'m':{'type':'object','maxProperties':9,"
                + "'additionalProperties':{'type':'string'}},'i':{'x-kubernetes-int-or-string':"
                + "true}}}}}");
    var spec = (ObjectNode) schema.required("properties").required("spec");
    spec.putArray("x-kubernetes-validations").addObject().put("rule", rule);
    var errors = new FieldErrors();
    var rules = SchemaRules.compile(schema, Path.ROOT.child("schema"), errors);
    rules.check(OBJECT, Json.shallow(OBJECT), errors);

    assertThat(rules.isEmpty() && errors.isEmpty()).isFalse();
  }
}
