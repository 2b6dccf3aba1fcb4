package dev.troupe.api.imperative;

import dev.troupe.api.controller.Observe;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;

/// A controller that does itself what is to be done, with a client: for reconcilers that come from
/// the Java Operator SDK, until they are written as a [dev.troupe.api.controller.Controller].
///
/// It runs on the same actors: one look at an object at a time, again after a failure, later and
/// later, and after a crash; its timers are durable. What it loses is what a plan gives: a look
/// cannot be replayed, tried without effect or told in advance; what it writes is its own doing,
/// nobody knows by which look; its writes are not awaited, so that it may see an object as it was
/// before; and a test needs a server.
///
/// It is looked at again when the object's generation or labels change, when it is being deleted,
/// and when something that [#observe] names changes.
public interface ImperativeController<R extends HasMetadata> {

  Class<R> resource();

  /// As [dev.troupe.api.controller.Controller#name()].
  String name();

  /// What else calls for a look.
  default void observe(Observe<R> on) {}

  /// Makes true what the object asks for. May block, and be called again with the same object.
  ///
  /// @throws Exception which is a failed attempt
  NextLook reconcile(R resource, KubernetesClient client) throws Exception;

  /// As [dev.troupe.api.controller.Controller#finalizer()]; while it is set [#cleanup] is called
  /// before the object goes.
  default String finalizer() {
    return "";
  }

  /// Takes away what does not go by itself.
  ///
  /// @throws Exception which is a failed attempt: the object stays
  default void cleanup(R resource, KubernetesClient client) throws Exception {}
}
