package dev.troupe.resources.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TableBuilderTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT-5S,<invalid>", "PT-1S,0s", "PT0S,0s", "PT119S,119s", "PT2M,2m", "PT5M7S,5m7s",
        "PT10M59S,10m",
    "PT179M,179m", "PT3H,3h", "PT7H59M,7h59m", "PT8H30M,8h", "PT47H,47h", "PT48H,2d", "PT50H,2d2h",
    "P8DT3H,8d", "P729D,729d", "P730D,2y", "P800D,2y70d", "P3000D,8y"
  })
  void agesAreShort(Duration duration, String text) {
    assertThat(HumanDuration.of(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"phase":"Pending"} | Pending | 0/1 | 0
          {"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ContainerCreating"}}}]} | ContainerCreating | 0/1 | 0
          {"phase":"Running","containerStatuses":[{"ready":true,"state":{"running":{}}}]} | Running | 1/1 | 0
          {"phase":"Succeeded","containerStatuses":[{"state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]} | Completed | 0/1 | 0
          {"phase":"Failed","containerStatuses":[{"state":{"terminated":{"exitCode":3}}}]} | ExitCode:3 | 0/1 | 0
          {"phase":"Running","containerStatuses":[{"restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"finishedAt":"2026-01-01T11:59:00Z"}}}]} | CrashLoopBackOff | 0/1 | 4 (60s ago)
          {"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"running":{}}}]} | Init:0/1 | 0/1 | 0
          {"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":1,"reason":"Error"}}}]} | Init:Error | 0/1 | 0
          {"phase":"Failed","reason":"Evicted"} | Evicted | 0/1 | 0
          """)
  void podsHaveTheWordsOfKubectl(String status, String text, String ready, String restarts) {
    var cells =
        cells(
            TypeRef.core("pods"),
            "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{}],\"initContainers\":[{\"name\":\"i\"}]},\"status\":"
                + status
                + "}");

    assertThat(cells)
        .containsExactly(
            "p", ready, text, restarts, "<unknown>", "<none>", "<none>", "<none>", "<none>");
  }

  @Test
  void podThatIsDeletedIsTerminating() {
    assertThat(
            cells(
                TypeRef.core("pods"),
                "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T12:00:00Z\"},\"status\":{\"phase\":\"Running\"}}"))
        .contains("Terminating");
  }

  @Test
  void deploymentsServicesNodesAndEvents() {
    assertThat(
            cells(
                new TypeRef("apps", "deployments"),
                """
                {"metadata":{"name":"d","creationTimestamp":"2026-01-01T11:00:00Z"},"spec":{"replicas":3,"selector":{"matchLabels":{"a":"b"}},
                 "template":{"spec":{"containers":[{"name":"c","image":"i"},{"name":"e","image":"f"}]}}},"status":{"readyReplicas":2,"updatedReplicas":1}}
                """))
        .containsExactly("d", "2/3", 1L, 0L, "60m", "c,e", "i,f", "a=b");
    assertThat(
            cells(
                TypeRef.core("services"),
                """
                {"metadata":{"name":"s"},"spec":{"type":"NodePort","clusterIP":"10.0.0.1","ports":[{"port":80,"nodePort":30000,"protocol":"TCP"},{"port":53,"protocol":"UDP"}]}}
                """))
        .containsExactly(
            "s", "NodePort", "10.0.0.1", "<none>", "80:30000/TCP,53/UDP", "<unknown>", "<none>");
    assertThat(
            cells(
                TypeRef.core("nodes"),
                """
                {"metadata":{"name":"n","labels":{"node-role.kubernetes.io/worker":"","kubernetes.io/role":"a"}},"spec":{"unschedulable":true},
                 "status":{"conditions":[{"type":"Ready","status":"True"}],"nodeInfo":{"kubeletVersion":"v1"}}}
                """))
        .startsWith("n", "Ready,SchedulingDisabled", "a,worker", "<unknown>", "v1");
    assertThat(
            cells(
                TypeRef.core("events"),
                """
                {"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"p"},"reason":"R","type":"Normal","message":"m ",
                 "eventTime":"2026-01-01T11:59:50.000000Z","reportingComponent":"c"}
                """))
        .containsExactly("10s", "Normal", "R", "pod/p", "", "c", "m", "10s", "1", "e");
  }

  @Test
  void everyTypeHasAsManyCellsAsColumns() {
    for (var type : ResourceRegistry.standard().all()) {
      var table = type.kind().table();
      assertThat(table.cells(JSON.createObjectNode(), NOW))
          .as(type.ref().toString())
          .hasSameSizeAs(table.columns());
    }
  }

  private static List<Object> cells(TypeRef type, String json) {
    return ResourceRegistry.standard()
        .find(type)
        .orElseThrow()
        .kind()
        .table()
        .cells((ObjectNode) JSON.readTree(json), NOW);
  }
}
