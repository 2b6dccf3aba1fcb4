package dev.troupe.resources.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules in a schema: what is wrong with them, and which objects do not keep them.
class SchemaRulesTest {

  private static final String RULES = "x-kubernetes-validations";

  /// A schema whose `spec` has these properties and rules.
  private static RulesOf spec(String properties, String rules) {
    return new RulesOf(
        RulesOf.json(
                "{'type':'object','properties':{'spec':{'type':'object','properties':{"
                    + properties
                    + "},'"
                    + RULES
                    + "':["
                    + rules
                    + "]}}}")
            .toString());
  }

  @Test
  void whatARuleGetsWrongIsToldWithItsPlace() {
    assertThat(RulesOf.field("{'type':'integer'}", "self.y > 1").complaints())
        .containsExactly(
            "schema.properties[spec].x-kubernetes-validations[0].rule: Invalid value:"
                + " {\"Rule\":\"self.y \\u003e"
                + " 1\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}:"
                + " compilation failed: ERROR: <input>:1:5: undefined field 'y'\n"
                + " | self.y > 1\n"
                + " | ....^");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          self.x | cel expression must evaluate to a bool
          self.x > 'a' | found no matching overload for '_>_' applied to '(int, string)'
          self.x > | Syntax error: mismatched input '<EOF>'
          nosuch(self) | undeclared reference to 'nosuch'
          self.x.matches('[') | found no matching overload for 'matches' applied to 'int.(string)'
          'a'.matches('[') | invalid matches argument
          timestamp('a') != timestamp('b') | invalid timestamp argument
          [1, 'a'].size() == self.x | expected type 'int' but found 'string'
          'abc'.reverse() == 'cba' | found no matching overload for 'reverse' applied to 'string.()'
          """)
  void expressionsAreRefusedInKubernetesWords(String rule, String words) {
    assertThat(RulesOf.field("{'type':'integer'}", rule).complaints())
        .singleElement()
        .asString()
        .contains(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'rule':' '} | .rule: Required value: rule is not specified
          {'rule':'true','message':' '} | .message: Invalid value: " ": must be non-empty if specified
          {'rule':'true','message':'a\\nb'} | .message: Invalid value: "a\\nb": must not contain line breaks
          {'rule':'true &&\\n true'} | .message: Required value: message must be specified if rule contains line breaks
          {'rule':'true','messageExpression':' '} | .messageExpression: Required value: messageExpression must be non-empty if specified
          {'rule':'true','reason':'Other'} | .reason: Unsupported value: "Other": supported values: "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"
          {'rule':'true','fieldPath':'.y'} | .fieldPath: Invalid value: ".y": must be a valid path
          {'rule':'true','optionalOldSelf':true} | .optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule
          """)
  void formsAreChecked(String rule, String complaint) {
    assertThat(spec("'x':{'type':'integer'}", rule).complaints())
        .containsExactly("schema.properties[spec].x-kubernetes-validations[0]" + complaint);
  }

  @Test
  void messageExpressionsMustBeTexts() {
    assertThat(
            spec("'x':{'type':'integer'}", "{'rule':'true','messageExpression':'1'}").complaints())
        .singleElement()
        .asString()
        .startsWith("schema.properties[spec].x-kubernetes-validations[0].messageExpression:")
        .endsWith("messageExpression must evaluate to a string");
  }

  @Test
  void rulesThatMayCostTooMuchAreForbidden() {
    var list = "{'type':'array','items':{'type':'string'}}";

    assertThat(RulesOf.field(list, "self.x.all(a, self.x.all(b, a != b))").complaints())
        .containsExactly(
            "schema.properties[spec].x-kubernetes-validations[0].rule: Forbidden: estimated rule"
                + " cost exceeds budget by factor of more than 100x (try simplifying the rule, or"
                + " adding maxItems, maxProperties, and maxLength where arrays, maps, and strings"
                + " are declared)",
            "schema.properties[spec].x-kubernetes-validations[0].rule: Forbidden: contributed to"
                + " estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema",
            "schema: Forbidden: x-kubernetes-validations estimated rule cost total for entire"
                + " OpenAPIv3 schema exceeds budget by factor of more than 100x (try simplifying"
                + " the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps,"
                + " and strings are declared)");
  }

  @Test
  void whatMayBeThereOftenCostsAsOften() {
    var rules =
        spec(
            "'x':{'type':'array','items':{'type':'string','x-kubernetes-validations':[{'rule':"
                + "'self.contains(self)'}]}}",
            "");

    assertThat(rules.complaints()).first().asString().contains("[x].items.x-kubernetes");
  }

  @Test
  void oldValuesAreOutOfReachWhereTheyCannotBeTold() {
    var rules =
        spec(
            "'x':{'type':'array','maxItems':5,'items':{'type':'integer','x-kubernetes-validations':"
                + "[{'rule':'self == oldSelf'}]}}",
            "");

    assertThat(rules.complaints())
        .containsExactly(
            "schema.properties[spec].properties[x].items.x-kubernetes-validations[0].rule: Invalid"
                + " value: \"self == oldSelf\": oldSelf cannot be used on the uncorrelatable"
                + " portion of the schema within schema.properties[spec].properties[x]");
  }

  @Test
  void objectsThatKeepTheirRulesAreFine() {
    var rules = RulesOf.field("{'type':'integer'}", "!has(self.x) || self.x > 1");

    assertThat(rules.check("{'spec':{'x':2}}")).isEmpty();
    assertThat(rules.check("{'spec':{}}")).isEmpty();
    assertThat(rules.check("{}")).isEmpty();
    assertThat(rules.check("{'spec':{'x':1}}"))
        .containsExactly("spec: Invalid value: failed rule: !has(self.x) || self.x > 1");
  }

  @Test
  void complaintsSayWhatTheRuleSays() {
    var rules =
        spec(
            "'x':{'type':'integer'},'y':{'type':'integer','x-kubernetes-validations':[{'rule':"
                + "'self < 9','message':'less than nine'}]}",
            "{'rule':'self.x > 1','message':' larger than one '},"
                + "{'rule':'self.x > 2','messageExpression':'\\\"is %d\\\".format([self.x])'},"
                + "{'rule':'self.x > 3','reason':'FieldValueForbidden','fieldPath':'.x'},"
                + "{'rule':'self.x > 4','reason':'FieldValueRequired','message':'no'},"
                + "{'rule':'self.x > 5','reason':'FieldValueDuplicate'}");

    assertThat(rules.check("{'spec':{'x':1,'y':9}}"))
        .containsExactly(
            "spec: Invalid value: larger than one",
            "spec: Invalid value: is 1",
            "spec.x: Forbidden: failed rule: self.x > 3",
            "spec: Required value: no",
            "spec: Duplicate value",
            "spec.y: Invalid value: 9: less than nine");
  }

  @Test
  void evaluationsThatFailAreToldAsSuch() {
    assertThat(RulesOf.field("{'type':'integer'}", "self.x > 1").check("{'spec':{}}"))
        .containsExactly(
            "spec: Invalid value: \"object\": no such key: x evaluating rule: self.x > 1");
    assertThat(
            RulesOf.field("{'x-kubernetes-int-or-string':true}", "self.x > 1")
                .check("{'spec':{'x':'a'}}"))
        .containsExactly(
            "spec: Invalid value: \"object\": 'no such overload': call arguments did not match a"
                + " supported operator, function or macro signature for rule: self.x > 1");
  }

  @Test
  void transitionsAreAskedWhereThereWasSomethingBefore() {
    var rules = RulesOf.field("{'type':'integer'}", "self.x >= oldSelf.x");

    assertThat(rules.check("{'spec':{'x':1}}")).isEmpty();
    assertThat(rules.check("{'spec':{'x':1}}", "{'spec':{'x':1}}")).isEmpty();
    assertThat(rules.check("{'spec':{'x':1}}", "{'spec':{'x':2}}")).hasSize(1);
    assertThat(rules.check("{'spec':{'x':1}}", "{}")).isEmpty();
  }

  @Test
  void optionalOldValuesAreAskedForAlways() {
    var rules =
        spec(
            "'x':{'type':'integer'}",
            "{'rule':'oldSelf.hasValue() ? self.x >= oldSelf.value().x : self.x == 0',"
                + "'optionalOldSelf':true}");

    assertThat(rules.check("{'spec':{'x':1}}")).hasSize(1);
    assertThat(rules.check("{'spec':{'x':0}}")).isEmpty();
    assertThat(rules.check("{'spec':{'x':1}}", "{'spec':{'x':2}}")).hasSize(1);
    assertThat(rules.check("{'spec':{'x':2}}", "{'spec':{'x':1}}")).isEmpty();
  }

  @Test
  void itemsWithKeysAreComparedWithThemselves() {
    var rules =
        spec(
            "'x':{'type':'array','maxItems':9,'x-kubernetes-list-type':'map',"
                + "'x-kubernetes-list-map-keys':['k'],'items':{'type':'object','properties':{'k':"
                + "{'type':'string'},'v':{'type':'integer'}},'x-kubernetes-validations':[{'rule':"
                + "'self.v == oldSelf.v'}]}}",
            "");

    assertThat(
            rules.check(
                "{'spec':{'x':[{'k':'b','v':1},{'k':'a','v':3}]}}",
                "{'spec':{'x':[{'k':'a','v':2},{'k':'b','v':1}]}}"))
        .containsExactly("spec.x[1]: Invalid value: failed rule: self.v == oldSelf.v");
  }

  @Test
  void whatWasWrongBeforeIsLetThrough() {
    var rules =
        spec(
            "'x':{'type':'integer','x-kubernetes-validations':[{'rule':'self > 1'}]},"
                + "'y':{'type':'integer'}",
            "");

    assertThat(rules.check("{'spec':{'x':1,'y':2}}", "{'spec':{'x':1,'y':1}}")).isEmpty();
    assertThat(rules.check("{'spec':{'x':0,'y':2}}", "{'spec':{'x':1,'y':1}}")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'set' | self.x == ['b', 'a'] && self.x + ['b', 'c'] == ['a', 'b', 'c'] && !(self.x == ['a', 'c'])
          'atomic' | self.x == ['a', 'b'] && self.x + ['b'] == ['a', 'b', 'b'] && self.x != ['b', 'a']
          """)
  void listsAreComparedAsTheirTypeSays(String listType, String rule) {
    assertThat(
            RulesOf.field(
                    "{'type':'array','maxItems':5,'items':{'type':'string','maxLength':5},"
                        + "'x-kubernetes-list-type':"
                        + listType
                        + "}",
                    rule)
                .check("{'spec':{'x':['a','b']}}"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'type':'string','format':'date-time'} | '2020-01-02T03:04:05Z' | self.x.getFullYear() == 2020
          {'type':'string','format':'date'} | '2020-01-02' | self.x == timestamp('2020-01-02T00:00:00Z')
          {'type':'string','format':'duration'} | '1h30m' | self.x == duration('90m')
          {'type':'string','format':'byte'} | 'QUI=' | self.x == b'AB' && size(self.x) == 2
          {'type':'number'} | 3 | self.x == 3.0 && type(self.x) == double
          {'type':'integer'} | 3 | self.x > 2.5 && type(self.x) == int
          {'x-kubernetes-int-or-string':true} | '50%' | type(self.x) == string ? self.x == '50%' : self.x > 3
          {'x-kubernetes-int-or-string':true} | 7 | type(self.x) == int && self.x > 3
          {'type':'string','nullable':true} | null | !has(self.x)
          {'type':'object','additionalProperties':{'type':'string'}} | {'a-b':'c'} | self.x['a-b'] == 'c' && self.x.all(k, self.x[k] == 'c')
          {'type':'object','properties':{'a-b.c/d':{'type':'string'},'namespace':{'type':'string'},'a__b':{'type':'string'}}} | {'a-b.c/d':'x','namespace':'n','a__b':'u'} | self.x.a__dash__b__dot__c__slash__d == 'x' && self.x.__namespace__ == 'n' && self.x.a__underscores__b == 'u'
          {'type':'object','x-kubernetes-embedded-resource':true} | {'kind':'Pod','metadata':{'name':'n'}} | self.x.kind == 'Pod' && self.x.metadata.name == 'n' && !has(self.x.metadata.generateName)
          {'type':'array','maxItems':9,'items':{'type':'object','properties':{'p':{'type':'integer'}}}} | [{'p':1},{}] | self.x.filter(i, has(i.p)).size() == 1 && self.x[0] == self.x[0]
          """)
  void valuesAreWhatTheirSchemaSays(String field, String value, String rule) {
    assertThat(RulesOf.field(field, rule).check("{'spec':{'x':" + value + "}}")).isEmpty();
  }

  @Test
  void everyObjectHasATypeAndAName() {
    var rules =
        new RulesOf(
            RulesOf.json(
                    "{'type':'object','x-kubernetes-validations':[{'rule':'self.metadata.name.size()"
                        + " < 3 && self.kind == \\\"K\\\"'}]}")
                .toString());

    assertThat(rules.check("{'kind':'K','metadata':{'name':'ab'}}")).isEmpty();
    assertThat(rules.check("{'kind':'K','metadata':{'name':'abc'}}"))
        .singleElement()
        .asString()
        .startsWith("<nil>: Invalid value: failed rule:");
  }

  @Test
  void evaluationsEndWhenTheirBudgetIsUsedUp() {
    var rule = "lists.range(900).all(a, lists.range(900).all(b, self.x < 2))";

    assertThat(RulesOf.field("{'type':'integer'}", rule).check("{'spec':{'x':1}}"))
        .containsExactly(
            "spec: Invalid value: \"object\": 'operation cancelled: actual cost limit exceeded': no"
                + " further validation rules will be run due to call cost exceeds limit for rule: "
                + rule);
  }

  @Test
  void rulesInAdditionsHoldToo() {
    var rules =
        new RulesOf(
            RulesOf.json(
                    "{'type':'object','properties':{'spec':{'type':'object','properties':{'x':"
                        + "{'type':'integer'}},'allOf':[{'properties':{'x':{"
                        + "'x-kubernetes-validations':[{'rule':'self > 1'}]}}}]}}}")
                .toString());

    assertThat(rules.check("{'spec':{'x':2}}")).isEmpty();
    assertThat(rules.check("{'spec':{'x':1}}"))
        .containsExactly("spec.x: Invalid value: 1: failed rule: self > 1");
  }
}
