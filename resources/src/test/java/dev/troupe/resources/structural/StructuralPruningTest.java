package dev.troupe.resources.structural;

import static dev.troupe.resources.structural.Schemata.around;
import static dev.troupe.resources.structural.Schemata.json;
import static dev.troupe.resources.structural.Schemata.object;
import static dev.troupe.resources.structural.Schemata.resource;
import static dev.troupe.resources.structural.Schemata.schema;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.schema.Conformed;
import dev.troupe.resources.schema.Conformer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructuralPruningTest {

  private static Conformed prune(String schema, String value) {
    return StructuralPruning.resource(resource(value), around(schema), Conformer.standard());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'type':'object','properties':{'a':{'type':'string'}}}|{'a':'1','b':2}|{'a':'1'}|spec.x.b
          {'type':'object','x-kubernetes-preserve-unknown-fields':true}|{'a':{'b':null}}|{'a':{'b':null}}|
          {'type':'object','x-kubernetes-preserve-unknown-fields':true,'properties':{'a':{'type':'object'}}}|{'a':{'b':1},'c':1}|{'a':{},'c':1}|spec.x.a.b
          {'x-kubernetes-preserve-unknown-fields':true}|[{'a':1}]|[{'a':1}]|
          {'type':'object','additionalProperties':{'type':'object','properties':{'a':{'type':'string'}}}}|{'k':{'a':'','b':''}}|{'k':{'a':''}}|spec.x.k.b
          {'type':'object','additionalProperties':true}|{'k':1,'o':{'p':1}}|{'k':1,'o':{}}|spec.x.o.p
          {'type':'array','items':{'type':'object','properties':{'a':{'type':'string'}}}}|[{},{'b':1}]|[{},{}]|spec.x[1].b
          {'type':'object','properties':{'a':{'type':'string'}}}|{'a':null}|{}|
          {'type':'object','properties':{'a':{'type':'string','nullable':true}}}|{'a':null}|{'a':null}|
          {'type':'object','properties':{'a':{'type':'string','default':'d'}}}|{'a':null}|{'a':null}|
          """)
  void unknownFieldsGo(String schema, String value, String expected, @Nullable String unknown) {
    var pruned = prune(schema, value);

    assertThat(pruned.object().at("/spec/x")).isEqualTo(json(expected));
    assertThat(String.join(" ", pruned.unknownFields())).isEqualTo(unknown == null ? "" : unknown);
    assertThat(pruned.typeErrors()).isEmpty();
  }

  @Test
  void fieldsOfTheRootAreToldInTheirOrder() {
    var pruned =
        StructuralPruning.resource(
            object("{'z':1,'a':{},'kind':'K','metadata':{'name':'n','nome':1}}"),
            schema("{'type':'object'}"),
            Conformer.standard());

    assertThat(pruned.object().toString())
        .isEqualTo("{\"kind\":\"K\",\"metadata\":{\"name\":\"n\"}}");
    assertThat(pruned.unknownFields()).containsExactly("a", "metadata.nome", "z");
  }

  @Test
  void metadataHasTheTypesOfMetadata() {
    var pruned =
        StructuralPruning.resource(
            object("{'metadata':{'labels':{'a':1}}}"),
            schema("{'type':'object'}"),
            Conformer.standard());

    assertThat(pruned.typeErrors())
        .containsExactly(
            "json: cannot unmarshal number into Go struct field ObjectMeta.labels of type string");
  }

  @Test
  void objectsInsideKeepTheirTypeAndMetadata() {
    var pruned =
        prune(
            "{'type':'object','x-kubernetes-embedded-resource':true,'properties':{'spec':{'type':'object'}}}",
            "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a','b':1},'spec':{'c':1},'d':1}");

    assertThat(pruned.object().at("/spec/x"))
        .isEqualTo(json("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a'},'spec':{}}"));
    assertThat(pruned.unknownFields())
        .containsExactly("spec.x.d", "spec.x.metadata.b", "spec.x.spec.c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'type':'object','properties':{'a':{'type':'integer','default':1}}}|{}|{'a':1}
          {'type':'object','properties':{'a':{'type':'integer','default':1}}}|{'a':2}|{'a':2}
          {'type':'object','properties':{'a':{'type':'integer','default':1}}}|{'a':null}|{'a':1}
          {'type':'object','properties':{'a':{'type':'integer','default':1,'nullable':true}}}|{'a':null}|{'a':null}
          {'type':'object','properties':{'a':{'type':'object','default':{},'properties':{'b':{'type':'string','default':'c'}}}}}|{}|{'a':{'b':'c'}}
          {'type':'object','properties':{'a':{'type':'object','properties':{'b':{'type':'string','default':'c'}}}}}|{}|{}
          {'type':'array','items':{'type':'object','properties':{'a':{'type':'string','default':'b'}}}}|[{},{'a':'c'}]|[{'a':'b'},{'a':'c'}]
          {'type':'array','items':{'type':'string','default':'b'}}|['a',null]|['a','b']
          {'type':'object','additionalProperties':{'type':'object','properties':{'a':{'type':'string','default':'b'}}}}|{'k':{}}|{'k':{'a':'b'}}
          """)
  void defaultsStandForWhatIsNotGiven(String schema, String value, String expected) {
    var object = prune(schema, value).object();

    Defaulting.complete(object, around(schema));

    assertThat(object.at("/spec/x")).isEqualTo(json(expected));
  }

  @Test
  void aDefaultIsNobodysToChange() {
    var schema = around("{'type':'object','properties':{'a':{'type':'object','default':{}}}}");
    var one = resource("{}");
    Defaulting.complete(one, schema);
    ((tools.jackson.databind.node.ObjectNode) one.at("/spec/x/a")).put("b", 1);

    var other = resource("{}");
    Defaulting.complete(other, schema);

    assertThat(other.at("/spec/x")).isEqualTo(json("{'a':{}}"));
  }
}
