package dev.troupe.api.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// A controller with a memory of its own for each object: what it has found out or done, and what
/// is nowhere else.
///
/// A plan remembers events ([Plan#remember]); the memory is what they add up to by [#apply], and is
/// seen by every reconcile from then on, after a crash and at another member, too. It is durable
/// before anything of the plan is carried out: if that comes to nothing, the next reconcile sees it
/// already. It may become 64 KiB large as JSON, and goes when the object goes.
///
/// @param <M> the memory: a record of what JSON can tell. Components may be added (they are null or
///   zero in what is remembered already) and removed
/// @param <E> the events, best a sealed interface of records
public interface RememberingController<R extends HasMetadata, M, E> extends Controller<R> {

  /// The memory of an object of which nothing is remembered.
  M initial();

  /// What is remembered after an event. Pure, as [#reconcile] is; returns another `M` and leaves
  /// the given one as it is.
  M apply(M memory, E event);

  /// As [Controller#reconcile], with what is remembered of the object.
  Plan reconcile(R resource, M memory, View view, Cause cause);

  @Override
  default Plan reconcile(R resource, View view, Cause cause) {
    return reconcile(resource, view.memory(initial()), view, cause);
  }
}
