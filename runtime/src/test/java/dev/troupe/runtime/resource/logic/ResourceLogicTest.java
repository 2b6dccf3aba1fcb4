package dev.troupe.runtime.resource.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Given a state, when a write, then an event or an answer.
class ResourceLogicTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final PartitionId PARTITION = new PartitionId(Writes.COLLECTION, 0);

  private final ResourceLogic logic = new ResourceLogic(Writes.TYPE, new SimpleMutator(), 1_000);
  private final ResourceState absent = ResourceState.unknown(0);
  private final Writes writes = Writes.at(NOON);

  @Test
  void createOfAnAbsentResourceStoresOneEvent() {
    var event = stored(absent, writes.create("a", "x"), 256);

    assertThat(event.type()).isEqualTo(EventRecord.Type.CREATED);
    assertThat(event.sequence()).isEqualTo(1);
    assertThat(event.previousVersion()).isZero();
    assertThat(event.uid()).isEqualTo("uid-a");
    assertThat(new String(event.body(), StandardCharsets.UTF_8))
        .contains("\"resourceVersion\":\"256\"");
  }

  @Test
  void updateKnowsWhatWasBefore() {
    var created = created("a", "x");

    var event = stored(created, writes.update("a", "y"), 512);

    assertThat(event.type()).isEqualTo(EventRecord.Type.UPDATED);
    assertThat(event.previousVersion()).isEqualTo(256);
    assertThat(event.sequence()).isEqualTo(2);
    assertThat(event.previousLabels()).containsEntry("app", "a");
    assertThat(event.previousFields()).containsEntry("kind", "test");
  }

  @Test
  void deletionCarriesTheLastContentUnderItsOwnVersion() {
    var event = stored(created("a", "x"), writes.delete("a"), 512);

    assertThat(event.type()).isEqualTo(EventRecord.Type.DELETED);
    assertThat(Writes.value(event.body())).isEqualTo("x");
    assertThat(new String(event.body(), StandardCharsets.UTF_8))
        .contains("\"resourceVersion\":\"512\"");
  }

  @Test
  void versionOfAnotherFieldIsLeftAlone() {
    var odd = writes.create("a", "\"resourceVersion\":\"\"");

    assertThat(Writes.value(stored(absent, odd, 256).body())).isEqualTo("\"resourceVersion\":\"\"");
  }

  @Test
  void unchangedIsAnsweredWithTheStoredObject() {
    var answer = answer(created("a", "x"), writes.update("a", "x"));

    assertThat(answer.decidedOn()).isEqualTo(256);
    assertThat(answer.reply())
        .isInstanceOfSatisfying(
            WriteReply.Written.class,
            written -> {
              assertThat(written.outcome()).isEqualTo(WriteReply.Outcome.UNCHANGED);
              assertThat(written.version()).isEqualTo(256);
            });
  }

  @Test
  void repeatedKeyGetsTheFirstAnswerEvenAfterOtherWrites() {
    var first = stored(absent, writes.keyed("k").create("a", "x"), 256);
    var state = absent.apply(first);
    state = state.apply(stored(state, writes.update("a", "y"), 512));

    var answer = answer(state, writes.keyed("k").create("a", "x"));

    assertThat(answer.decidedOn()).isEqualTo(256);
    assertThat(answer.reply())
        .isInstanceOfSatisfying(
            WriteReply.Written.class,
            written -> {
              assertThat(written.outcome()).isEqualTo(WriteReply.Outcome.CREATED);
              assertThat(Writes.value(written.json())).isEqualTo("x");
            });
  }

  @Test
  void writePastItsDeadlineIsRefused() {
    var decision =
        logic.decide(absent, order(writes.create("a", "x"), false), NOON.plusSeconds(61));

    assertThat(refusal(decision)).isEqualTo("Timeout");
  }

  @Test
  void createInAClosedNamespaceIsRefusedAndAnUpdateIsNot() {
    assertThat(refusal(logic.decide(absent, order(writes.create("a", "x"), true), NOON)))
        .isEqualTo("Forbidden");
    assertThat(logic.decide(created("a", "x"), order(writes.merge("a", "y"), true), NOON))
        .isInstanceOf(Draft.class);
  }

  @Test
  void tooLargeAnObjectIsRefused() {
    var decision = logic.decide(absent, order(writes.create("a", "x".repeat(1_000)), false), NOON);

    assertThat(refusal(decision)).isEqualTo("RequestEntityTooLarge");
  }

  @Test
  void dryRunStoresNothing() {
    var answer = answer(absent, dryRun(writes.create("a", "x")));

    assertThat(answer.reply())
        .isInstanceOfSatisfying(
            WriteReply.Written.class,
            written -> {
              assertThat(written.outcome()).isEqualTo(WriteReply.Outcome.CREATED);
              assertThat(new String(written.json(), StandardCharsets.UTF_8))
                  .doesNotContain("resourceVersion");
            });
  }

  @Test
  void stateFromTheIndexEqualsTheFoldOfEvents() {
    var create = stored(absent, writes.keyed("k").create("a", "x"), 256);
    var folded = absent.apply(create);
    var resource = StoredResource.of(create, IndexEntryReader.of(Writes.TYPE));

    var woken = ResourceState.after(create.type(), resource, create.sequence(), "k");

    assertThat(woken).usingRecursiveComparison().isEqualTo(folded);
  }

  private ResourceState created(String name, String value) {
    return absent.apply(stored(absent, writes.create(name, value), 256));
  }

  private EventRecord stored(ResourceState state, WriteRequest request, long version) {
    var decision = logic.decide(state, order(request, false), NOON);
    assertThat(decision).isInstanceOf(Draft.class);
    return ((Draft) decision).event(PARTITION, 1, version);
  }

  private ResourceEffect.Answer answer(ResourceState state, WriteRequest request) {
    var decision = logic.decide(state, order(request, false), NOON);
    assertThat(decision).isInstanceOf(ResourceEffect.Answer.class);
    return (ResourceEffect.Answer) decision;
  }

  private static Order order(WriteRequest request, boolean namespaceClosed) {
    return new Order(
        1, request, _ -> {}, namespaceClosed ? Order.Shut.NAMESPACE : Order.Shut.NOTHING);
  }

  private static String refusal(Decision decision) {
    return decision instanceof ResourceEffect.Answer(_, WriteReply.Refused(var refusal), _)
        ? refusal.reason().text()
        : decision.toString();
  }

  private static WriteRequest dryRun(WriteRequest request) {
    var mutation = request.mutation();
    var dry =
        new MutationRequest(
            mutation.key(),
            mutation.apiVersion(),
            mutation.subresource(),
            mutation.mutation(),
            new Options(FieldValidation.IGNORE, true, "", List.of()),
            mutation.facts());
    return new WriteRequest(dry, request.cause(), "", 0, request.deadline());
  }
}
