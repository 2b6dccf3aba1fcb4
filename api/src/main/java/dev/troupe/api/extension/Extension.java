package dev.troupe.api.extension;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.ActivityExecutor;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.imperative.ImperativeController;
import dev.troupe.api.imperative.ImperativeControllers;
import dev.troupe.api.imperative.ImperativeLook;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What is run beside the controllers of Kubernetes: controllers, who carries out their activities,
/// and the kinds that are theirs. Immutable; every method returns one with one thing more.
public final class Extension {

  /// Nothing more than Kubernetes.
  public static final Extension NONE =
      new Extension(List.of(), List.of(), List.of(), Set.of(), ImperativeControllers.NONE);

  private final List<Controller<?>> controllers;
  private final List<CollectionController<?>> collectionControllers;
  private final List<Execution<?>> executions;
  private final Set<Class<? extends CustomResource<?, ?>>> kinds;
  private final ImperativeControllers imperative;

  /// Takes who carries out the activities of a class.
  public interface Executors {
    <A extends Activity> void with(Class<A> type, ActivityExecutor<A> executor);
  }

  private record Execution<A extends Activity>(Class<A> type, ActivityExecutor<A> executor) {

    void tell(Executors executors) {
      executors.with(type, executor);
    }
  }

  private Extension(
      List<Controller<?>> controllers,
      List<CollectionController<?>> collectionControllers,
      List<Execution<?>> executions,
      Set<Class<? extends CustomResource<?, ?>>> kinds,
      ImperativeControllers imperative) {
    this.controllers = controllers;
    this.collectionControllers = collectionControllers;
    this.executions = executions;
    this.kinds = kinds;
    this.imperative = imperative;
  }

  /// With several controllers, and their kinds as [#with(Controller)] has them.
  public static Extension of(Controller<?>... controllers) {
    return Stream.of(controllers).reduce(NONE, Extension::with, Extension::and);
  }

  /// With a controller. What it reconciles is its own kind if that is a [CustomResource]: its
  /// definition is made from the class, and installed before the controller runs.
  public Extension with(Controller<?> controller) {
    return and(
        new Extension(
            List.of(controller),
            List.of(),
            List.of(),
            own(controller.resource()),
            ImperativeControllers.NONE));
  }

  @SuppressWarnings("unchecked") // It has just been looked at.
  private static Set<Class<? extends CustomResource<?, ?>>> own(Class<?> resource) {
    return CustomResource.class.isAssignableFrom(resource)
        ? Set.of((Class<? extends CustomResource<?, ?>>) resource)
        : Set.of();
  }

  public Extension with(CollectionController<?> controller) {
    return and(
        new Extension(
            List.of(), List.of(controller), List.of(), Set.of(), ImperativeControllers.NONE));
  }

  /// With a controller of the imperative style.
  ///
  /// @param client what it looks with; asked for at each look, as there is no server before
  public <R extends HasMetadata> Extension withImperative(
      ImperativeController<R> controller, Supplier<KubernetesClient> client) {
    return and(
        new Extension(
            List.of(),
            List.of(),
            List.of(),
            own(controller.resource()),
            ImperativeControllers.of(controller, client)));
  }

  /// With a kind that no controller of these reconciles, or with another version of one that they
  /// do; its definition is installed like those of the others.
  public Extension withKind(Class<? extends CustomResource<?, ?>> kind) {
    return and(
        new Extension(List.of(), List.of(), List.of(), Set.of(kind), ImperativeControllers.NONE));
  }

  /// Says who carries out the activities of a class.
  public <A extends Activity> Extension with(Class<A> type, ActivityExecutor<A> executor) {
    return with(new Execution<>(type, executor));
  }

  private Extension with(Execution<?> execution) {
    return and(
        new Extension(
            List.of(), List.of(), List.of(execution), Set.of(), ImperativeControllers.NONE));
  }

  /// The same for activities that block: each has a virtual thread of its own.
  public <A extends Activity> Extension withBlocking(
      Class<A> type, ActivityExecutor.Blocking<A> executor) {
    var threads = Thread.ofVirtual().name("activity-" + type.getSimpleName() + "-", 0).factory();
    return with(type, ActivityExecutor.blocking(threads, executor));
  }

  /// With all of another one.
  public Extension and(Extension other) {
    var allKinds = new LinkedHashSet<>(kinds);
    allKinds.addAll(other.kinds);
    return new Extension(
        both(controllers, other.controllers),
        both(collectionControllers, other.collectionControllers),
        both(executions, other.executions),
        Collections.unmodifiableSet(allKinds),
        imperative.and(other.imperative));
  }

  private static <T> List<T> both(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  /// Those of the imperative style as well.
  public List<Controller<?>> controllers() {
    return both(controllers, imperative.controllers());
  }

  public List<CollectionController<?>> collectionControllers() {
    return collectionControllers;
  }

  /// The classes of the kinds whose definitions are to be installed.
  public Set<Class<? extends CustomResource<?, ?>>> kinds() {
    return kinds;
  }

  /// Tells who carries out which activities.
  public void tell(Executors executors) {
    executions.forEach(execution -> execution.tell(executors));
    if (!imperative.isEmpty()) {
      executors.with(
          ImperativeLook.class,
          ActivityExecutor.blocking(
              Thread.ofVirtual().name("look-", 0).factory(), imperative.executor()));
    }
  }

  @Override
  public String toString() {
    var names =
        Stream.concat(
            controllers().stream().map(Controller::name),
            collectionControllers.stream().map(CollectionController::name));
    return "controllers " + names.toList();
  }
}
