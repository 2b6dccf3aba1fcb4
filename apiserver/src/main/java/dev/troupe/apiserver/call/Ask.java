package dev.troupe.apiserver.call;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.encoding.Endpoint;
import dev.troupe.apiserver.encoding.ObjectForm;
import dev.troupe.apiserver.options.ListOptions;
import dev.troupe.apiserver.options.Selection;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Offer;
import dev.troupe.apiserver.request.Target;
import dev.troupe.resources.codec.protobuf.ProtobufEncoder;
import dev.troupe.resources.subresource.Subresource;
import java.time.InstantSource;

/// A call that is known to be about an endpoint that is served.
public record Ask(Call call, Endpoint endpoint, Target.OfResource target) {

  public ApiRequest request() {
    return call.request();
  }

  /// As the type has it.
  public Subresource subresource() {
    return endpoint.type().own(target.subresource());
  }

  /// Empty for a cluster-scoped type, even if the type is that of namespaces.
  public String namespace() {
    return endpoint.type().namespaced() ? target.namespace() : "";
  }

  public ResourceKey key() {
    return key(target.name());
  }

  public ResourceKey key(String name) {
    return new ResourceKey(endpoint.type().ref(), namespace(), name);
  }

  public Representation representation() {
    return Representation.of(request(), offer());
  }

  /// The same if only text will do.
  public Representation text() {
    return Representation.of(request(), offer().asText());
  }

  private Offer offer() {
    var schema =
        target.subresource() instanceof Subresource.Formed formed
            ? formed.form().schemaType()
            : endpoint.served().schemaType();
    return new Offer(endpoint.type().stored(), () -> ProtobufEncoder.knows(schema), true);
  }

  /// What the selectors of a list or watch mean.
  public Selection selection(ListOptions options) {
    return Selection.parse(options, endpoint.type(), endpoint.served(), target.name());
  }

  public ObjectForm form(Representation representation, InstantSource clock) {
    return Encoding.form(endpoint, representation, clock);
  }
}
