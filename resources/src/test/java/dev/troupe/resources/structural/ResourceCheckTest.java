package dev.troupe.resources.structural;

import static dev.troupe.resources.structural.Schemata.object;
import static dev.troupe.resources.structural.Schemata.schema;
import static dev.troupe.resources.structural.Schemata.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.validation.FieldErrors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The words are those of Kubernetes.
class ResourceCheckTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'type':'integer'}|1|
          {'type':'integer'}|1.0|
          {'type':'integer'}|'a'|spec.x: Invalid value: "string": spec.x in body must be of type integer: "string"
          {'type':'integer'}|1.5|spec.x: Invalid value: "number": spec.x in body must be of type integer: "number"
          {'type':'integer','format':'int32'}|true|spec.x: Invalid value: "": spec.x in body must be of type int32: ""
          {'type':'integer','format':'int32'}|3000000000|<nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.x
          {'type':'number'}|1|
          {'type':'string'}|1|spec.x: Invalid value: "integer": spec.x in body must be of type string: "integer"
          {'type':'boolean'}|'true'|spec.x: Invalid value: "string": spec.x in body must be of type boolean: "string"
          {'type':'object'}|[]|spec.x: Invalid value: "array": spec.x in body must be of type object: "array"
          {'type':'array','items':{'type':'string'}}|{}|spec.x: Invalid value: "object": spec.x in body must be of type array: "object"
          {'type':'array','items':{'type':'string'}}|['a',null]|spec.x[1]: Invalid value: "null": spec.x[1] in body must be of type string: "null"
          {'type':'string','nullable':true}|null|
          {'x-kubernetes-int-or-string':true}|'50%'|
          {'x-kubernetes-int-or-string':true}|5|
          {'x-kubernetes-int-or-string':true}|true|spec.x: Invalid value: "boolean": spec.x in body must be of type integer,string: "boolean"
          {'type':'integer','minimum':1}|0|spec.x: Invalid value: 0: spec.x in body should be greater than or equal to 1
          {'type':'integer','minimum':1,'exclusiveMinimum':true}|1|spec.x: Invalid value: 1: spec.x in body should be greater than 1
          {'type':'integer','maximum':10}|11|spec.x: Invalid value: 11: spec.x in body should be less than or equal to 10
          {'type':'number','maximum':0.5,'exclusiveMaximum':true}|0.5|spec.x: Invalid value: 0.5: spec.x in body should be less than 0.5
          {'type':'number','maximum':1000000}|1e7|spec.x: Invalid value: 1e+07: spec.x in body should be less than or equal to 1e+06
          {'type':'integer','multipleOf':5}|7|spec.x: Invalid value: 7: spec.x in body should be a multiple of 5
          {'type':'number','multipleOf':0.5}|1.25|spec.x: Invalid value: 1.25: spec.x in body should be a multiple of 0.5
          {'type':'string','maxLength':3}|'abcd'|spec.x: Too long: may not be more than 3 bytes
          {'type':'string','minLength':3}|'ab'|spec.x: Invalid value: "ab": spec.x in body should be at least 3 chars long
          {'type':'string','pattern':'^a+$'}|'b'|spec.x: Invalid value: "b": spec.x in body should match '^a+$'
          {'type':'string','pattern':'b'}|'abc'|
          {'type':'string','format':'date-time'}|'yesterday'|spec.x: Invalid value: "yesterday": spec.x in body must be of type datetime: "yesterday"
          {'type':'string','format':'ipv4'}|'1.2.3'|spec.x: Invalid value: "1.2.3": spec.x in body must be of type ipv4: "1.2.3"
          {'type':'string','format':'nobody-knows'}|'x'|
          {'type':'string','enum':['a','b']}|'c'|spec.x: Unsupported value: "c": supported values: "a", "b"
          {'type':'integer','enum':[1,2]}|3|spec.x: Unsupported value: 3: supported values: "1", "2"
          {'type':'array','items':{'type':'string'},'maxItems':1}|['a','b']|spec.x: Too many: 2: must have at most 1 items
          {'type':'array','items':{'type':'string'},'minItems':2}|['a']|spec.x: Invalid value: 1: spec.x in body should have at least 2 items
          {'type':'object','additionalProperties':{'type':'string'},'maxProperties':1}|{'a':'','b':''}|spec.x: Too many: 2: must have at most 1 items
          {'type':'object','additionalProperties':{'type':'string'},'minProperties':1}|{}|spec.x: Invalid value: 0: spec.x in body should have at least 1 properties
          {'type':'object','additionalProperties':{'type':'string'}}|{'a.b':1}|spec.x.a.b: Invalid value: "integer": spec.x.a.b in body must be of type string: "integer"
          {'type':'object','required':['y'],'properties':{'y':{'type':'string'}}}|{}|spec.x.y: Required value
          """)
  void ofValues(String schema, String value, @Nullable String expected) {
    assertThat(wrong(schema, value, null)).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'anyOf':[{'minimum':5},{'maximum':1}]|3|<nil>: Invalid value: "": "spec.x" must validate at least one schema (anyOf)&spec.x: Invalid value: 3: spec.x in body should be greater than or equal to 5
          'anyOf':[{'minimum':5},{'maximum':1}]|6|
          'oneOf':[{'minimum':5},{'minimum':7}]|8|<nil>: Invalid value: "": "spec.x" must validate one and only one schema (oneOf). Found 2 valid alternatives
          'oneOf':[{'minimum':5},{'minimum':7}]|6|
          'oneOf':[{'minimum':5}]|1|<nil>: Invalid value: "": "spec.x" must validate one and only one schema (oneOf). Found none valid&spec.x: Invalid value: 1: spec.x in body should be greater than or equal to 5
          'allOf':[{'minimum':5},{'maximum':9}]|10|spec.x: Invalid value: 10: spec.x in body should be less than or equal to 9&<nil>: Invalid value: "": "spec.x" must validate all the schemas (allOf)
          'not':{'minimum':5}|6|<nil>: Invalid value: "": "spec.x" must not validate the schema (not)
          """)
  void ofAlternatives(String rule, String value, @Nullable String expected) {
    assertThat(wrong("{'type':'integer'," + rule + "}", value, null))
        .isEqualTo(expected == null ? "" : expected.replace('&', '\n'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'set'|{'type':'string'}|['a','b','a','a']|spec.x[2]: Duplicate value: "a"
          'set'|{'type':'integer'}|[1,2]|
          'map','x-kubernetes-list-map-keys':['k']|{'type':'object','properties':{'k':{'type':'string'},'v':{'type':'string'}}}|[{'k':'a'},{'k':'a','v':'1'}]|spec.x[1]: Duplicate value: {"k":"a"}
          'map','x-kubernetes-list-map-keys':['k','v']|{'type':'object','properties':{'k':{'type':'string'},'v':{'type':'string'}}}|[{'k':'a'},{'k':'a','v':'1'}]|
          """)
  void ofListsInWhichNothingIsTwice(
      String list, String items, String value, @Nullable String expected) {
    var schema = "{'type':'array','items':" + items + ",'x-kubernetes-list-type':" + list + "}";

    assertThat(wrong(schema, value, null)).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void whatIsWrongAndWasSoBeforeIsLetThrough() {
    var short3 =
        "{'type':'object','properties':{'a':{'type':'string','maxLength':3},'b':{'type':'string'}}}";

    assertThat(wrong(short3, "{'a':'long','b':'2'}", "{'a':'long','b':'1'}")).isEmpty();
    assertThat(wrong(short3, "{'a':'longer','b':'1'}", "{'a':'long','b':'1'}"))
        .isEqualTo("spec.x.a: Too long: may not be more than 3 bytes");
    assertThat(wrong(short3, "{'a':'long'}", "{}")).isNotEmpty();
  }

  @Test
  void itemsAreTheSameAsBeforeByTheirKeys() {
    var list =
        "{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],"
            + "'items':{'type':'object','properties':{'k':{'type':'string'},'v':{'type':'integer','maximum':1}}}}";

    assertThat(wrong(list, "[{'k':'b','v':0},{'k':'a','v':5}]", "[{'k':'a','v':5}]")).isEmpty();
    assertThat(wrong(list, "[{'k':'b','v':5}]", "[{'k':'a','v':5}]")).isNotEmpty();
    assertThat(
            wrong(
                list.replace("'map'", "'atomic'"),
                "[{'k':'b','v':0},{'k':'a','v':5}]",
                "[{'k':'a','v':5}]"))
        .isNotEmpty();
  }

  @Test
  void whoHadAnItemTwiceMayHaveItTwice() {
    var set = "{'type':'array','items':{'type':'string'},'x-kubernetes-list-type':'set'}";

    assertThat(wrong(set, "['a','a','b']", "['a','a']")).isEmpty();
    assertThat(wrong(set, "['a','a']", "['a']")).isNotEmpty();
  }

  @Test
  void statusIsCheckedByItselfAndNamedFromItself() {
    var schema =
        schema(
            "{'type':'object','properties':{'spec':{'type':'string'},'status':{'type':'object','properties':{'n':{'type':'integer'}}}}}");
    var errors = new FieldErrors();

    ResourceCheck.status(object("{'spec':5,'status':{'n':'x'}}"), object("{}"), schema, errors);

    assertThat(errors.all())
        .extracting(Object::toString)
        .containsExactly(
            "status.n: Invalid value: \"string\": n in body must be of type integer: \"string\"");
  }

  @Test
  void objectsInsideOfObjectsHaveATypeAndMetadata() {
    var embedded =
        "{'type':'object','x-kubernetes-embedded-resource':true,'x-kubernetes-preserve-unknown-fields':true}";

    assertThat(wrong(embedded, "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a'}}", null))
        .isEmpty();
    assertThat(wrong(embedded, "{'kind':'','metadata':{'labels':{'a b':'c'}}}", null))
        .contains("spec.x.apiVersion: Required value")
        .contains("spec.x.kind: Invalid value: \"\": must not be empty")
        .contains("spec.x.metadata.labels: Invalid value: \"a b\"");
  }

  @Test
  void whatIsSoWrongThatNoRuleCanBeEvaluatedIsTold() {
    var schema = Schemata.around("{'type':'integer','minimum':1}");

    assertThat(ResourceCheck.whole(Schemata.resource("'a'"), null, schema, new FieldErrors()))
        .isTrue();
    assertThat(ResourceCheck.whole(Schemata.resource("0"), null, schema, new FieldErrors()))
        .isFalse();
  }
}
