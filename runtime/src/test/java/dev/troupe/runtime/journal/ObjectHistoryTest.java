package dev.troupe.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.schema.Schemas;
import dev.troupe.resources.schema.shape.MergeShape;
import dev.troupe.resources.schema.shape.SchemaShapes;
import dev.troupe.runtime.store.EventRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectHistoryTest {

  private static final SchemaShapes SHAPES = new SchemaShapes(Schemas.standard());

  private final Told told = new Told(Told.key("pods", "web"));

  private static MergeShape pods(String apiVersion) {
    assertThat(apiVersion).isEqualTo("v1");
    return SHAPES.of("io.k8s.api.core.v1.Pod");
  }

  private static String pod(String image, String labels) {
    return """
    {"apiVersion": "v1", "kind": "Pod",
     "metadata": {"name": "web", "resourceVersion": "%s", "labels": {%s}},
     "spec": {"containers": [{"name": "side", "image": "b"}, {"name": "web", "image": "%s"}]}}\
    """
        .formatted(image.length(), labels, image);
  }

  private static List<String> paths(ObjectHistory.Entry entry) {
    return entry.changes() == null
        ? List.of("?")
        : entry.changes().stream().map(FieldChange::path).toList();
  }

  @Test
  void changesAreToldByFieldAndItemsByTheirKeys() {
    told.wrote(EventRecord.Type.CREATED, "ada", pod("one", "\"a\": \"1\", \"b\": \"1\""));
    told.wrote(EventRecord.Type.UPDATED, "bob", pod("second", "\"a\": \"2\""));

    var history = ObjectHistory.of(told.newestFirst(), 9, ObjectHistoryTest::pods);

    assertThat(history.complete()).isTrue();
    assertThat(history.entries().getFirst().changes())
        .extracting(change -> change.path() + " " + change.before() + " " + change.after())
        .containsExactly(
            ".metadata.labels.a \"1\" \"2\"",
            ".metadata.labels.b \"1\" null",
            ".spec.containers[name=\"web\"].image \"one\" \"second\"");
    assertThat(paths(history.entries().getLast()))
        .contains(".metadata.labels.a", ".spec.containers[name=\"side\"].image")
        .doesNotContain(".metadata.resourceVersion", ".spec", ".spec.containers[name=\"side\"]");
  }

  @Test
  void whatIsNotKeptIsNotToldAsNothing() {
    told.wrote(EventRecord.Type.CREATED, "ada", pod("one", ""));
    told.wrote(EventRecord.Type.UPDATED, "bob", pod("second", ""));
    told.wrote(EventRecord.Type.UPDATED, "cyd", pod("third", ""));
    var kept = told.newestFirst().subList(0, 2);

    var history = ObjectHistory.of(kept, 9, ObjectHistoryTest::pods);

    assertThat(history.entries())
        .extracting(ObjectHistoryTest::paths)
        .last()
        .isEqualTo(List.of("?"));
    assertThat(history.complete()).isFalse();
  }

  @Test
  void whoAsksForLessIsToldThatThereIsMore() {
    told.wrote(EventRecord.Type.CREATED, "ada", pod("one", ""));
    told.wrote(EventRecord.Type.UPDATED, "bob", pod("second", ""));

    var history = ObjectHistory.of(told.newestFirst(), 1, ObjectHistoryTest::pods);

    assertThat(history.entries()).hasSize(1);
    assertThat(paths(history.entries().getFirst()))
        .containsExactly(".spec.containers[name=\"web\"].image");
    assertThat(history.complete()).isFalse();
  }

  @Test
  void eachFieldHasWhoHasLastSetIt() {
    told.wrote(EventRecord.Type.CREATED, "ada", pod("one", "\"a\": \"1\""));
    told.wrote(EventRecord.Type.UPDATED, "bob", pod("second", "\"a\": \"1\""));
    told.wrote(EventRecord.Type.UPDATED, "cyd", pod("second", "\"a\": \"1\", \"c\": \"1\""));

    var origins =
        ObjectHistory.of(told.newestFirst(), 9, ObjectHistoryTest::pods)
            .origins(ObjectHistoryTest::pods);

    assertThat(origins)
        .extracting(origin ->
            origin.path() + " " + (origin.event() == null ? "?" : origin.event().cause().name()))
        .contains(
            ".metadata.labels.a ada",
            ".metadata.labels.c cyd",
            ".spec.containers[name=\"web\"].image bob",
            ".spec.containers[name=\"web\"].name ada");
  }

  @Test
  void nobodyHasSetWhatWasSetBeforeAllThatIsKept() {
    told.wrote(EventRecord.Type.CREATED, "ada", pod("one", "\"a\": \"1\""));
    told.wrote(EventRecord.Type.UPDATED, "bob", pod("second", "\"a\": \"1\""));
    told.wrote(EventRecord.Type.UPDATED, "cyd", pod("third", "\"a\": \"1\""));

    var origins =
        ObjectHistory.of(told.newestFirst().subList(0, 2), 9, ObjectHistoryTest::pods)
            .origins(ObjectHistoryTest::pods);

    assertThat(origins)
        .filteredOn(origin -> origin.path().equals(".metadata.labels.a"))
        .singleElement()
        .extracting(ObjectHistory.FieldOrigin::event)
        .isNull();
  }

  @Test
  void oneThatWasMadeAgainOwesNothingToTheFormerOne() {
    told.wrote(EventRecord.Type.CREATED, "ada", pod("one", "\"a\": \"1\""));
    told.wrote(EventRecord.Type.DELETED, "bob", pod("one", "\"a\": \"1\""));
    assertThat(
            ObjectHistory.of(told.newestFirst(), 9, ObjectHistoryTest::pods)
                .origins(ObjectHistoryTest::pods))
        .isEmpty();

    told.wrote(EventRecord.Type.CREATED, "cyd", pod("one", "\"a\": \"1\""));

    assertThat(
            ObjectHistory.of(told.newestFirst(), 9, ObjectHistoryTest::pods)
                .origins(ObjectHistoryTest::pods))
        .isNotEmpty()
        .allSatisfy(origin ->
            assertThat(origin.event())
                .isNotNull()
                .extracting(e -> e.cause().name())
                .isEqualTo("cyd"));
  }
}
