package dev.troupe.testkit.experiment.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultKindTest {

  private static Stream<Class<?>> models(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(FaultKindTest::models);
  }

  @Test
  void everyFaultHasOneName() {
    assertThat(Arrays.stream(FaultKind.values()).map(FaultKind::model))
        .containsExactlyInAnyOrderElementsOf(
            models(InjectedFault.class).map(type -> type.asSubclass(InjectedFault.class)).toList());
    assertThat(Arrays.stream(FaultKind.values()).map(FaultKind::word)).doesNotHaveDuplicates();
  }

  @Test
  void namesAreThoseOfTheConstants() {
    assertThat(FaultKind.values())
        .allSatisfy(
            kind -> assertThat(kind.word().replace('-', '_')).isEqualToIgnoringCase(kind.name()));
  }

  @Test
  void nobodyWritesWhileAllAreKilledOrTheDatabaseIsAway() {
    assertThat(new InjectedFault.Kill(Who.Role.ALL).stopsEverybody()).isTrue();
    assertThat(new InjectedFault.DatabaseAway().stopsEverybody()).isTrue();
    assertThat(new InjectedFault.Kill(Who.Role.OWNER).stopsEverybody()).isFalse();
    assertThat(new InjectedFault.Cut(Who.Role.ANY).stopsEverybody()).isFalse();
  }
}
