package dev.troupe.runtime.controller.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.RememberingController;
import dev.troupe.api.controller.View;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.StateFormat;
import io.fabric8.kubernetes.api.model.ConfigMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a controller remembers of an object, from one plan to the next.
class RecollectionTest {

  private static final ResourceKey KEY =
      new ResourceKey(TypeRef.core("configmaps"), "default", "main");

  record Notes(int count, @Nullable String last) {}

  record Noted(String text) {}

  private static final class Notebook implements RememberingController<ConfigMap, Notes, Noted> {

    @Override
    public Class<ConfigMap> resource() {
      return ConfigMap.class;
    }

    @Override
    public String name() {
      return "notebook";
    }

    @Override
    public Notes initial() {
      return new Notes(0, null);
    }

    @Override
    public Notes apply(Notes memory, Noted event) {
      return new Notes(memory.count + 1, event.text);
    }

    @Override
    public Plan reconcile(ConfigMap map, Notes memory, View view, Cause cause) {
      return Plan.nothing();
    }
  }

  private static final class Forgetful implements Controller<ConfigMap> {

    @Override
    public Class<ConfigMap> resource() {
      return ConfigMap.class;
    }

    @Override
    public String name() {
      return "forgetful";
    }

    @Override
    public Plan reconcile(ConfigMap map, View view, Cause cause) {
      return Plan.nothing();
    }
  }

  @Test
  void eventsAreFoldedIntoWhatIsRemembered() {
    var first = after(null, Plan.nothing().remember(new Noted("a")).remember(new Noted("b")));
    var second = after(first, Plan.nothing().remember(new Noted("c")));

    assertThat(of(new Notebook(), second).memory(new Notes(0, null))).isEqualTo(new Notes(3, "c"));
  }

  @Test
  void whatIsRememberedStaysWithoutAnEvent() {
    var first = after(null, Plan.nothing().remember(new Noted("a")));

    assertThat(after(first, Plan.nothing())).isEqualTo(first);
    assertThat(after(null, Plan.nothing())).isNull();
  }

  @Test
  void itIsPartOfTheSmallState() {
    var state = state(after(null, Plan.nothing().remember(new Noted("a"))));

    assertThat(StateFormat.decode(StateFormat.encode(state))).isEqualTo(state);
    assertThat(state.means(state(null))).isFalse();
  }

  @Test
  void moreThanMayBeRememberedIsRefusedWithASentence() {
    var plan = Plan.nothing().remember(new Noted("x".repeat(64 << 10)));

    assertThatThrownBy(() -> after(null, plan))
        .hasMessage(
            "the plan of notebook for configmaps/default/main cannot be carried out: it would"
                + " remember 65557 bytes, and may remember 65536: remember less, or keep it in an"
                + " object");
  }

  @Test
  void eventOfAnotherTypeIsRefused() {
    assertThatThrownBy(() -> after(null, Plan.nothing().remember("text")))
        .hasMessageContaining("it remembers a java.lang.String, which its memory is not made of");
  }

  @Test
  void controllerWithoutMemoryIsTold() {
    var plan = Plan.nothing().remember(new Noted("a"));

    assertThatThrownBy(() -> of(new Forgetful(), null).after(plan))
        .hasMessageContaining("make it a RememberingController");
  }

  @Test
  void memoryThatCannotBeReadSaysWhose() {
    var recollection = of(new Notebook(), "{\"count\":\"many\"}");

    assertThatThrownBy(() -> recollection.memory(new Notes(0, null)))
        .hasMessageContaining("what notebook remembers of configmaps/default/main cannot be read");
  }

  private static @Nullable String after(@Nullable String memory, Plan plan) {
    return of(new Notebook(), memory).after(plan);
  }

  private static Recollection of(Controller<?> controller, @Nullable String memory) {
    return new Recollection(controller, KEY, state(memory));
  }

  private static ObjectState state(@Nullable String memory) {
    return ObjectState.fresh("notebook", KEY, "u").withMemory(memory);
  }
}
