package dev.troupe.apiserver.rest;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.encoding.Endpoint;
import dev.troupe.apiserver.encoding.Form;
import dev.troupe.apiserver.options.ListOptions;
import dev.troupe.apiserver.options.Selection;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Target;
import java.time.InstantSource;

/// A call that is known to be about an endpoint that is served.
record Ask(Call call, Endpoint endpoint, Target.OfResource target) {

  ApiRequest request() {
    return call.request();
  }

  /// Empty for a cluster-scoped type, even if the type is that of namespaces.
  String namespace() {
    return endpoint.type().namespaced() ? target.namespace() : "";
  }

  ResourceKey key() {
    return key(target.name());
  }

  ResourceKey key(String name) {
    return new ResourceKey(endpoint.type().ref(), namespace(), name);
  }

  Representation representation() {
    return Representation.of(request(), endpoint.type().stored());
  }

  /// What the selectors of a list or watch mean.
  Selection selection(ListOptions options) {
    return Selection.parse(options, endpoint.type(), endpoint.served(), target.name());
  }

  Form form(Representation representation, InstantSource clock) {
    return Encoding.form(endpoint, representation, clock);
  }
}
