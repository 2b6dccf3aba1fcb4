package dev.troupe.api.imperative;

import dev.troupe.api.controller.ActivityExecutor;
import dev.troupe.api.controller.Controller;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Controllers in the imperative style, as the controllers that run them. Immutable.
public final class ImperativeControllers {

  public static final ImperativeControllers NONE = new ImperativeControllers(List.of());

  private final List<ImperativeAdapter<?>> adapters;

  private ImperativeControllers(List<ImperativeAdapter<?>> adapters) {
    this.adapters = List.copyOf(adapters);
  }

  /// @param client what it looks with; asked for at the first look, and at each
  public static <R extends HasMetadata> ImperativeControllers of(
      ImperativeController<R> controller, Supplier<KubernetesClient> client) {
    return new ImperativeControllers(List.of(new ImperativeAdapter<>(controller, client)));
  }

  public ImperativeControllers and(ImperativeControllers others) {
    return new ImperativeControllers(
        Stream.concat(adapters.stream(), others.adapters.stream()).toList());
  }

  public List<Controller<?>> controllers() {
    return List.copyOf(adapters);
  }

  public boolean isEmpty() {
    return adapters.isEmpty();
  }

  /// Carries out the looks of all of them.
  public ActivityExecutor.Blocking<ImperativeLook> executor() {
    Map<String, ImperativeAdapter<?>> byName =
        adapters.stream().collect(Collectors.toMap(Controller::name, Function.identity()));
    return (look, _) -> {
      var adapter = byName.get(look.controller());
      if (adapter == null) {
        throw new IllegalStateException("there is no controller " + look.controller());
      }
      return adapter.carryOut(look);
    };
  }
}
