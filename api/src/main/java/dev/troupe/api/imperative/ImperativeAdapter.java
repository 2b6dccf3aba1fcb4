package dev.troupe.api.imperative;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.RememberingController;
import dev.troupe.api.controller.View;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Runs an [ImperativeController]: each look is an activity, which is carried out when there is
/// something else to be seen than the last time.
final class ImperativeAdapter<R extends HasMetadata>
    implements RememberingController<R, ImperativeAdapter.LookCount, ImperativeAdapter.LookDue> {

  private static final String AGAIN = "again-";

  private final ImperativeController<R> controller;
  private final Supplier<KubernetesClient> client;
  private final Set<Class<? extends HasMetadata>> observed = new LinkedHashSet<>();

  ImperativeAdapter(ImperativeController<R> controller, Supplier<KubernetesClient> client) {
    this.controller = controller;
    this.client = client;
    controller.observe(new NotedRelations<>(observed));
  }

  /// How often it was time for another look.
  public record LookCount(int number) {}

  /// It was time for another look.
  public record LookDue() {}

  @Override
  public Class<R> resource() {
    return controller.resource();
  }

  @Override
  public String name() {
    return controller.name();
  }

  @Override
  public String finalizer() {
    return controller.finalizer();
  }

  @Override
  public void observe(Observe<R> on) {
    controller.observe(on);
  }

  @Override
  public LookCount initial() {
    return new LookCount(0);
  }

  @Override
  public LookCount apply(LookCount rounds, LookDue round) {
    return new LookCount(rounds.number + 1);
  }

  @Override
  public Plan reconcile(R resource, LookCount rounds, View view, Cause cause) {
    if (cause instanceof Cause.Deleting) {
      return Plan.nothing().call(look(resource, true, "")).release();
    }
    var plan = Plan.nothing();
    var known = rounds;
    if (cause instanceof Cause.TimerFired) {
      var round = new LookDue();
      plan = plan.remember(round);
      known = apply(rounds, round);
    }
    var look = look(resource, false, seen(resource, known, view));
    var result = view.result(look);
    if (result.isEmpty()) {
      return plan.call(look).waitFor("look", controller.name() + " is looking at it");
    }
    var again = result.filter(text -> !text.isEmpty()).map(Duration::parse).orElse(Duration.ZERO);
    return again.isZero() ? plan : plan.timer(AGAIN + known.number, again);
  }

  private ImperativeLook look(R resource, boolean deleting, String seen) {
    var metadata = resource.getMetadata();
    var namespace = metadata.getNamespace() == null ? "" : metadata.getNamespace();
    return new ImperativeLook(
        controller.name(), namespace, metadata.getName(), deleting, metadata.getUid() + seen);
  }

  private String seen(R resource, LookCount rounds, View view) {
    var metadata = resource.getMetadata();
    var seen = new StringJoiner(" ");
    seen.add("/" + metadata.getGeneration()).add("round " + rounds.number);
    if (metadata.getLabels() != null) {
      seen.add(new TreeMap<>(metadata.getLabels()).toString());
    }
    int related = 1;
    for (var type : observed) {
      for (var one : view.list(type)) {
        related = 31 * related + one.getMetadata().getUid().hashCode();
        related = 31 * related + one.getMetadata().getResourceVersion().hashCode();
      }
    }
    return seen.add(Integer.toHexString(related)).toString();
  }

  /// @throws Exception which is a failed attempt
  String carryOut(ImperativeLook look) throws Exception {
    var at = client.get();
    var resources = at.resources(controller.resource());
    var found =
        look.namespace().isEmpty()
            ? resources.withName(look.name()).get()
            : resources.inNamespace(look.namespace()).withName(look.name()).get();
    if (found == null) {
      return "";
    }
    if (look.deleting()) {
      controller.cleanup(found, at);
      return "";
    }
    var again = controller.reconcile(found, at).after();
    return again.isZero() ? "" : again.toString();
  }
}
