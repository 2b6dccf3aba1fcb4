package dev.troupe.clusterconfig.assembly;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.ActivityExecutor;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.runtime.controller.work.Activities;
import java.util.ArrayList;
import java.util.List;

/// What a member runs beside the controllers of Kubernetes. Immutable; every method returns one
/// with one thing more.
public final class Extension {

  /// Nothing more than Kubernetes.
  public static final Extension NONE = new Extension(List.of(), List.of(), List.of());

  private final List<Controller<?>> controllers;
  private final List<CollectionController<?>> collectionControllers;
  private final List<Execution<?>> executions;

  private record Execution<A extends Activity>(Class<A> type, ActivityExecutor<A> executor) {

    void addTo(Activities activities) {
      activities.with(type, executor);
    }
  }

  private Extension(
      List<Controller<?>> controllers,
      List<CollectionController<?>> collectionControllers,
      List<Execution<?>> executions) {
    this.controllers = controllers;
    this.collectionControllers = collectionControllers;
    this.executions = executions;
  }

  public static Extension of(Controller<?>... controllers) {
    return new Extension(List.of(controllers), List.of(), List.of());
  }

  public Extension with(Controller<?> controller) {
    return new Extension(more(controllers, controller), collectionControllers, executions);
  }

  public Extension with(CollectionController<?> controller) {
    return new Extension(controllers, more(collectionControllers, controller), executions);
  }

  /// Says who carries out the activities of a class.
  public <A extends Activity> Extension with(Class<A> type, ActivityExecutor<A> executor) {
    return new Extension(
        controllers, collectionControllers, more(executions, new Execution<>(type, executor)));
  }

  /// Those given, and these.
  List<Controller<?>> behind(List<Controller<?>> given) {
    var all = new ArrayList<>(given);
    all.addAll(controllers);
    return all;
  }

  List<CollectionController<?>> behindThoseOfCollections(List<CollectionController<?>> given) {
    var all = new ArrayList<>(given);
    all.addAll(collectionControllers);
    return all;
  }

  Activities completing(Activities activities) {
    executions.forEach(execution -> execution.addTo(activities));
    return activities;
  }

  private static <T> List<T> more(List<T> list, T element) {
    var longer = new ArrayList<>(list);
    longer.add(element);
    return List.copyOf(longer);
  }
}
