package dev.troupe.resources.patch;

import static dev.troupe.resources.patch.Documents.json;
import static dev.troupe.resources.patch.Documents.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.schema.Schemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class MergeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'metadata':{'labels':{'a':'1'}}}    | {'metadata':{'labels':{'b':'2'}}} | {'metadata':{'labels':{'a':'1','b':'2'}}}
          {'spec':{'containers':[{'name':'a','image':'1'}]}} | {'spec':{'containers':[{'name':'b'},{'name':'a','tty':true}]}} | {'spec':{'containers':[{'name':'a','image':'1','tty':true},{'name':'b'}]}}
          {'metadata':{'finalizers':['a']}}    | {'metadata':{'finalizers':['b','a']}} | {'metadata':{'finalizers':['a','b']}}
          {'spec':{'tolerations':[{'key':'a'}]}} | {'spec':{'tolerations':[]}} | {'spec':{'tolerations':[]}}
          {'metadata':{'labels':{'a':'1'}}}    | {'metadata':{'labels':{'a':null}}} | {'metadata':{'labels':{'a':'1'}}}
          {'metadata':{'annotations':{}}}      | {'metadata':{'annotations':{'$patch':'delete'}}} | {'metadata':{'annotations':{'$patch':'delete'}}}
          """)
  void plannedFieldsAreMerged(String current, String planned, String result) {
    assertThat(merge(object(current), object(planned))).isEqualTo(json(result));
  }

  @Test
  void portsOfOneNumberAndTwoProtocolsStayApart() {
    var planned =
        object(
            "{'spec':{'containers':[{'name':'dns','ports':[{'containerPort':53,'protocol':'UDP'},"
                + "{'containerPort':53}]}]}}");
    var current =
        object(
            "{'spec':{'containers':[{'name':'dns','ports':[{'containerPort':53,'protocol':'UDP'},"
                + "{'containerPort':53,'protocol':'TCP'}]}]}}");
    assertThat(merge(current, planned)).isEqualTo(current);
  }

  @Test
  void planningTheSameAgainChangesNothing() {
    for (int seed = 0; seed < 5_000; seed++) {
      var random = new RandomJson(seed);
      var current = random.object(5);
      var planned = random.object(5);
      var once = merge(current, planned);
      assertThat(merge(once, planned)).as("seed " + seed).isEqualTo(once);
    }
  }

  private static ObjectNode merge(ObjectNode current, ObjectNode planned) {
    return Merge.apply(current, planned, Schemas.standard(), Documents.POD);
  }
}
