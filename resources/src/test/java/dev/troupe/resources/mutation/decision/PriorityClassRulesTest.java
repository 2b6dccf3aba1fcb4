package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.object;
import static dev.troupe.resources.mutation.decision.Given.request;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of priority classes that their names and former selves have a part in.
class PriorityClassRulesTest {

  private static final Given.Request CLASSES =
      request("priorityclasses.scheduling.k8s.io", "scheduling.k8s.io/v1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # name                  | fields                                | what is wrong with metadata.name
          system-node-critical    | 'value':2000001000                    |
          system-cluster-critical | 'value':2000000000                    |
          system-node-critical    | 'value':5                             | value of system-node-critical PriorityClass must be 2000001000
          system-node-critical    | 'value':2000001000,'globalDefault':true | globalDefault of system-node-critical PriorityClass must be false
          system-mine             | 'value':5                             | system-mine is not a known system priority class
          """)
  void namesOfTheSystemAreItsOwn(String name, String fields, String wrong) {
    Rules.check(
        CLASSES.named(name).create("{'metadata':{'name':'%s'},%s}".formatted(name, fields)),
        wrong == null ? null : "metadata.name",
        "Forbidden: priority class names with 'system-' prefix are reserved for system use only."
            + " error: "
            + wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # now                                   | field            | what is wrong
          'value':5,'description':'new'           |                  |
          'value':5,'globalDefault':true          |                  |
          'value':6                               | value            | Forbidden: may not be changed in an update.
          'value':5,'preemptionPolicy':'Never'    | preemptionPolicy | Invalid value: "Never": field is immutable
          """)
  void aClassStaysAsImportantAsItIs(String fields, String field, String wrong) {
    var stored =
        object("{'metadata':{'name':'web'},'value':5,'preemptionPolicy':'PreemptLowerPriority'}");
    Rules.check(
        CLASSES.update(stored, "{'metadata':{'name':'web'},%s}".formatted(fields)), field, wrong);
  }
}
