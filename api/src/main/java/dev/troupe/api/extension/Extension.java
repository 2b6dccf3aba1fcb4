package dev.troupe.api.extension;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.ActivityExecutor;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What is run beside the controllers of Kubernetes: controllers, who carries out their activities,
/// and the kinds that are theirs. Immutable; every method returns one with one thing more.
public final class Extension {

  /// Nothing more than Kubernetes.
  public static final Extension NONE = new Extension(List.of(), List.of(), List.of(), Set.of());

  private final List<Controller<?>> controllers;
  private final List<CollectionController<?>> collectionControllers;
  private final List<Execution<?>> executions;
  private final Set<Class<? extends CustomResource<?, ?>>> kinds;

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
      Set<Class<? extends CustomResource<?, ?>>> kinds) {
    this.controllers = List.copyOf(controllers);
    this.collectionControllers = List.copyOf(collectionControllers);
    this.executions = List.copyOf(executions);
    this.kinds = kinds;
  }

  /// With several controllers, and their kinds as [#with(Controller)] has them.
  public static Extension of(Controller<?>... controllers) {
    return Stream.of(controllers).reduce(NONE, Extension::with, Extension::and);
  }

  /// With a controller. What it reconciles is its own kind if that is a [CustomResource]: its
  /// definition is made from the class, and installed before the controller runs.
  public Extension with(Controller<?> controller) {
    var resource = controller.resource();
    if (!CustomResource.class.isAssignableFrom(resource)) {
      return new Extension(more(controllers, controller), collectionControllers, executions, kinds);
    }
    return new Extension(
        more(controllers, controller),
        collectionControllers,
        executions,
        and(kinds, custom(resource)));
  }

  @SuppressWarnings("unchecked") // It has just been looked at.
  private static Class<? extends CustomResource<?, ?>> custom(Class<?> resource) {
    return (Class<? extends CustomResource<?, ?>>) resource;
  }

  public Extension with(CollectionController<?> controller) {
    return new Extension(controllers, more(collectionControllers, controller), executions, kinds);
  }

  /// With a kind that no controller of these reconciles, or with another version of one that they
  /// do; its definition is installed like those of the others.
  public Extension withKind(Class<? extends CustomResource<?, ?>> kind) {
    return new Extension(controllers, collectionControllers, executions, and(kinds, kind));
  }

  /// Says who carries out the activities of a class.
  public <A extends Activity> Extension with(Class<A> type, ActivityExecutor<A> executor) {
    return new Extension(
        controllers,
        collectionControllers,
        more(executions, new Execution<>(type, executor)),
        kinds);
  }

  /// The same for activities that block: each has a virtual thread of its own.
  public <A extends Activity> Extension withBlocking(
      Class<A> type, ActivityExecutor.Blocking<A> executor) {
    var threads = Thread.ofVirtual().name("activity-" + type.getSimpleName() + "-", 0).factory();
    return with(type, ActivityExecutor.blocking(threads, executor));
  }

  /// With all of another one.
  public Extension and(Extension other) {
    var all = new ArrayList<>(controllers);
    all.addAll(other.controllers);
    var allOfCollections = new ArrayList<>(collectionControllers);
    allOfCollections.addAll(other.collectionControllers);
    var allExecutions = new ArrayList<>(executions);
    allExecutions.addAll(other.executions);
    var allKinds = new LinkedHashSet<>(kinds);
    allKinds.addAll(other.kinds);
    return new Extension(all, allOfCollections, allExecutions, allKinds);
  }

  public List<Controller<?>> controllers() {
    return controllers;
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
  }

  @Override
  public String toString() {
    var names =
        Stream.concat(
            controllers.stream().map(Controller::name),
            collectionControllers.stream().map(CollectionController::name));
    return "controllers " + names.toList();
  }

  private static <T> List<T> more(List<T> list, T element) {
    var longer = new ArrayList<>(list);
    longer.add(element);
    return longer;
  }

  private static <T> Set<T> and(Set<T> set, T element) {
    var larger = new LinkedHashSet<>(set);
    larger.add(element);
    return larger;
  }
}
