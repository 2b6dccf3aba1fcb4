package dev.troupe.runtime.resource.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.resources.mutation.Mutator;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.version.VersionClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One event at a time, and nothing but what the store has said.
class AwakeResourceTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final PartitionId PARTITION = new PartitionId(Writes.COLLECTION, 0);
  private static final long EPOCH = 7;

  private final VersionClock<Draft> clock =
      new VersionClock<>(0, 0, Long.MAX_VALUE >> 1, InstantSource.fixed(NOON));
  private final Writes writes = Writes.at(NOON);
  private final List<RuntimeException> mistakes = new ArrayList<>();
  private final AwakeResource resource = resource(new SimpleMutator());

  private AwakeResource resource(Mutator mutator) {
    var epoch =
        new EpochLogic(
            PARTITION,
            EPOCH,
            clock,
            new ResourceLogic(Writes.TYPE, mutator, 1_000),
            (_, mistake) -> mistakes.add(mistake));
    return new AwakeResource(epoch, ResourceState.unknown(40));
  }

  private List<ResourceEffect> on(ResourceMessage message) {
    return resource.on(message, NOON);
  }

  private static Order order(long number, WriteRequest request) {
    return new Order(number, request, _ -> {}, Order.Shut.NOTHING);
  }

  private EventRecord storing(List<ResourceEffect> effects) {
    assertThat(effects).hasSize(1);
    assertThat(effects.getFirst()).isInstanceOf(ResourceEffect.Store.class);
    return ((ResourceEffect.Store) effects.getFirst()).event();
  }

  @Test
  void eventFollowsWhatThePartitionKnows() {
    var event = storing(on(order(1, writes.create("a", "x"))));

    assertThat(event.sequence()).isEqualTo(41);
    assertThat(event.epoch()).isEqualTo(EPOCH);
    assertThat(clock.lowestInFlight()).isEqualTo(event.version());
  }

  @Test
  void orderWaitsUntilTheEventBeforeItIsStored() {
    var first = storing(on(order(1, writes.create("a", "x"))));

    assertThat(on(order(2, writes.update("a", "y")))).isEmpty();
    assertThat(on(order(3, writes.update("a", "z")))).isEmpty();
    var second = storing(on(new ResourceMessage.Stored(first.version())));
    var third = storing(on(new ResourceMessage.Stored(second.version())));

    assertThat(second.previousVersion()).isEqualTo(first.version());
    assertThat(Writes.value(second.body())).isEqualTo("y");
    assertThat(third.previousVersion()).isEqualTo(second.version());
    assertThat(on(new ResourceMessage.Stored(third.version()))).isEmpty();
  }

  @Test
  void whatStoresNothingLetsTheNextOrderCome() {
    var first = storing(on(order(1, writes.create("a", "x"))));
    on(order(2, writes.update("a", "x")));
    on(order(3, writes.create("a", "again")));
    on(order(4, writes.update("a", "y")));

    var effects = on(new ResourceMessage.Stored(first.version()));

    assertThat(effects).hasSize(3);
    assertThat(effects.get(0))
        .isInstanceOfSatisfying(
            ResourceEffect.Answer.class,
            answer -> assertThat(answer.decidedOn()).isEqualTo(first.version()));
    assertThat(effects.get(1))
        .isInstanceOfSatisfying(
            ResourceEffect.Answer.class,
            answer -> assertThat(answer.reply()).isInstanceOf(WriteReply.Refused.class));
    assertThat(effects.get(2)).isInstanceOf(ResourceEffect.Store.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"NO_ROOM", "OVERLOADED"})
  void eventThatTheStoreRefusesIsRefused(Outcome outcome) {
    var event = storing(on(order(1, writes.create("a", "x"))));

    assertThat(on(new ResourceMessage.NotStored(event.version(), outcome)))
        .containsExactly(new ResourceEffect.Refuse(event.version(), outcome));
  }

  @Test
  void eventThatIsThereAlreadyEndsTheEpoch() {
    var event = storing(on(order(1, writes.create("a", "x"))));

    assertThat(on(new ResourceMessage.NotStored(event.version(), Outcome.DUPLICATE)))
        .containsExactly(new ResourceEffect.Fail("not stored: DUPLICATE"));
  }

  @Test
  void eventOfAnEpochThatSomebodyHasEndedIsFenced() {
    var event = storing(on(order(1, writes.create("a", "x"))));

    assertThat(on(new ResourceMessage.NotStored(event.version(), Outcome.FENCED)))
        .containsExactly(new ResourceEffect.Fenced());
  }

  @Test
  void nothingIsDecidedBehindAnUnknownOutcome() {
    on(order(1, writes.create("a", "x")));

    assertThat(on(new ResourceMessage.Failed("unknown outcome")))
        .containsExactly(new ResourceEffect.Fail("unknown outcome"));
    assertThat(on(order(2, writes.update("a", "y")))).isEmpty();
  }

  @Test
  void nothingIsStoredWhenTheEpochIsOver() {
    clock.close();

    assertThat(on(order(1, writes.create("a", "x")))).containsExactly(new ResourceEffect.Nothing());
  }

  @Test
  void storedEventOfAnotherVersionIsAMistake() {
    long version = storing(on(order(1, writes.create("a", "x")))).version();

    assertThatThrownBy(() -> on(new ResourceMessage.Stored(version + 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void mistakeInARuleFailsOneWriteOnly() {
    var mistake = new IllegalStateException("a rule that is wrong");
    var broken =
        resource((_, _) -> {
          throw mistake;
        });

    var effects = broken.on(order(1, writes.create("a", "x")), NOON);

    assertThat(mistakes).containsExactly(mistake);
    assertThat(effects)
        .singleElement()
        .isInstanceOfSatisfying(
            ResourceEffect.Answer.class,
            answer ->
                assertThat(((WriteReply.Refused) answer.reply()).refusal().code()).isEqualTo(500));
  }
}
