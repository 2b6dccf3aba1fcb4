package dev.troupe.runtime.controller.logic;

import dev.troupe.api.controller.Controller;
import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.view.Decoder;
import dev.troupe.runtime.controller.view.SightView;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.StoredResource;
import io.fabric8.kubernetes.api.model.HasMetadata;

/// Calls a controller with a copy of the object and a view of the rest. Safe for any number of
/// threads, as far as the controller is.
public final class Reconciler<R extends HasMetadata> {

  private final Controller<R> controller;
  private final Types types;
  private final Decoder decoder;

  public Reconciler(Controller<R> controller, Types types, Decoder decoder) {
    this.controller = controller;
    this.types = types;
    this.decoder = decoder;
  }

  public ObjectMessage.Planned reconcile(ObjectEffect.Reconcile asked) {
    StoredResource object = asked.sight().object();
    if (object == null) {
      throw new IllegalStateException("there is nothing to reconcile");
    }
    var recollection = new Recollection(controller, object.key(), asked.state());
    var view = new SightView(asked.sight(), types, decoder, asked.now(), recollection);
    var plan =
        controller.reconcile(decoder.fresh(object, controller.resource()), view, asked.cause());
    return new ObjectMessage.Planned(asked.number(), plan, recollection.after(plan));
  }
}
