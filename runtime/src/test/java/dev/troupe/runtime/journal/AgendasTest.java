package dev.troupe.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Failure;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.state.BackOff;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.StateFormat;
import dev.troupe.runtime.journal.Agendas.Asked;
import dev.troupe.runtime.journal.Agendas.Failing;
import dev.troupe.runtime.journal.Agendas.Found;
import dev.troupe.runtime.journal.Agendas.SetTimer;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.WriteCause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgendasTest {

  private static final Asked ALL = new Asked("", _ -> true);

  private final List<EventRecord> pages = new ArrayList<>();
  private final List<EventRecord> pods = new ArrayList<>();
  private final Agendas agendas =
      new Agendas(
          new KeptJournal(Map.of(), Map.of("page", pages, "pod", pods)), List.of("pod", "page"));

  record Ring(String id) implements Activity {}

  private static ObjectState page(String name) {
    return ObjectState.fresh("page", Told.key("configmaps", name), "uid");
  }

  private static EventRecord kept(ObjectState state) {
    var body = new String(StateFormat.encode(state), StandardCharsets.UTF_8);
    return new Told(state.key())
        .wrote(EventRecord.Type.CREATED, 1, WriteCause.user("", "", ""), body);
  }

  private static ObjectState timed(ObjectState state, String timer, long fires) {
    var json = new String(StateFormat.encode(state), StandardCharsets.UTF_8);
    return StateFormat.decode(
        json.replaceFirst("\"timers\":\\{", "\"timers\":{\"" + timer + "\":" + fires)
            .getBytes(StandardCharsets.UTF_8));
  }

  private Found<SetTimer> timers(Asked asked, int most) {
    return agendas.timers(asked, most).toCompletableFuture().join();
  }

  private Found<Failing> failing() {
    return agendas.failing(ALL, 10).toCompletableFuture().join();
  }

  private static List<String> names(Found<SetTimer> found) {
    return found.first().stream().map(timer -> timer.key().name() + " " + timer.timer()).toList();
  }

  @Test
  void theEarliestTimersAreToldAndAllAreCounted() {
    pages.add(kept(timed(page("c"), "late", 300)));
    pages.add(kept(timed(page("a"), "soon", 100)));
    pages.add(kept(timed(page("b"), "later", 200)));
    var found = timers(ALL, 2);
    assertThat(names(found)).containsExactly("a soon", "b later");
    assertThat(found.total()).isEqualTo(3);
    assertThat(found.illegible()).isZero();
  }

  @Test
  void controllersAndObjectsAreChosen() {
    pages.add(kept(timed(page("a"), "soon", 100)));
    pods.add(kept(timed(ObjectState.fresh("pod", Told.key("pods", "p"), "uid"), "tick", 50)));
    assertThat(names(timers(new Asked("pod", _ -> true), 9))).containsExactly("p tick");
    assertThat(names(timers(new Asked("", key -> key.name().equals("a")), 9)))
        .containsExactly("a soon");
  }

  @Test
  void whatIsGoneHasNoTimersAndWhatCannotBeReadIsCounted() {
    var gone = new Told(new ResourceKey(Told.key("configmaps", "x").type(), "default", "x"));
    pages.add(gone.wrote(EventRecord.Type.DELETED, 1, WriteCause.user("", "", ""), "{}"));
    pages.add(
        gone.wrote(EventRecord.Type.CREATED, 2, WriteCause.user("", "", ""), "{\"format\":9}"));
    var found = timers(ALL, 9);
    assertThat(found.first()).isEmpty();
    assertThat(found.illegible()).isEqualTo(1);
  }

  @Test
  void whatHasFailedIsToldWithWhenItIsTriedAgain() {
    var failed = page("a").failed(new Failure.Broken("no"), BackOff.STANDARD, 1_000, 0.5);
    pages.add(kept(failed));
    pages.add(kept(page("fine")));
    var rings =
        page("b")
            .withCall(
                "Ring/bell", StateFormat.call(new Ring("bell"), "key", 0).failed("engaged", 7));
    pages.add(kept(rings));
    assertThat(failing().first())
        .extracting(Failing::what, Failing::attempts, Failing::message, Failing::next)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Ring/bell", 1, "engaged", 7L),
            org.assertj.core.groups.Tuple.tuple(
                "", 1, "no", java.util.Objects.requireNonNull(failed.retry()).dueMillis()));
  }
}
