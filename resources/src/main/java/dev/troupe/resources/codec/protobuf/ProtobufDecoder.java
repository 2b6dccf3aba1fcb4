package dev.troupe.resources.codec.protobuf;

import com.google.protobuf.CodedInputStream;
import dev.troupe.resources.codec.Decoding;
import dev.troupe.resources.codec.Decoding.Decoded;
import dev.troupe.resources.codec.Decoding.Refused;
import dev.troupe.resources.codec.DocumentDecoder;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.schema.Conformer;
import dev.troupe.resources.schema.Schemas;
import dev.troupe.resources.subresource.Form;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads Kubernetes' protobuf envelope into what the same object would be in JSON.
public final class ProtobufDecoder implements DocumentDecoder {

  private static final String DELETE_OPTIONS = "DeleteOptions";
  private static final String DELETE_OPTIONS_SCHEMA =
      "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions";

  /// What is sent to subresources, beside the kinds of the registry.
  private static final Map<String, String> FORMS =
      Subresources.ALL.stream()
          .filter(Subresource.Formed.class::isInstance)
          .map(formed -> ((Subresource.Formed) formed).form())
          .collect(
              Collectors.toUnmodifiableMap(
                  form -> form.apiVersion() + "/" + form.kind(), Form::schemaType));

  private final ResourceRegistry registry;
  private final Conformer conformer;
  private final MessagePlans plans;
  private final JsonDecoder json = new JsonDecoder();

  public ProtobufDecoder(ResourceRegistry registry, Schemas schemas) {
    this.registry = registry;
    this.conformer = new Conformer(schemas);
    this.plans = new MessagePlans(schemas);
  }

  @Override
  public Decoding decode(byte[] body) {
    if (!Envelope.isSealed(body)) {
      return new Refused(
          "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
    }
    try {
      return unwrap(Envelope.read(body));
    } catch (IOException _) {
      return new Refused("proto: cannot parse invalid wire-format data");
    }
  }

  private Decoding unwrap(Envelope envelope) throws IOException {
    var apiVersion = envelope.apiVersion();
    var kind = envelope.kind();
    if (!envelope.contentEncoding().isEmpty()) {
      return new Refused("unsupported content encoding in a protobuf message");
    }
    var schema = schema(apiVersion, kind);
    var plan = schema.flatMap(plans::find);
    if (schema.isEmpty() || plan.isEmpty()) {
      return new Refused(
          "no kind \"%s\" is registered for version \"%s\"".formatted(kind, apiVersion));
    }
    return read(envelope, schema.get(), plan.get());
  }

  private Decoding read(Envelope envelope, String schema, MessagePlan plan) throws IOException {
    var object = JsonNodeFactory.instance.objectNode();
    object.put("kind", envelope.kind());
    object.put("apiVersion", envelope.apiVersion());
    var in = CodedInputStream.newInstance(envelope.raw());
    new MessageReader(in, json).read(plan, object);
    in.checkLastTagWas(0);
    var conformed = conformer.conform(object, schema);
    return conformed.typeErrors().isEmpty()
        ? new Decoded(conformed.object(), List.of())
        : new Refused(conformed.typeErrors().getFirst());
  }

  private Optional<String> schema(String apiVersion, String kind) {
    if (kind.equals(DELETE_OPTIONS)) {
      return Optional.of(DELETE_OPTIONS_SCHEMA);
    }
    var form = FORMS.get(apiVersion + "/" + kind);
    return form != null
        ? Optional.of(form)
        : registry
            .kind(apiVersion, kind)
            .filter(ResourceType::published)
            .flatMap(type ->
                type.served().stream()
                    .filter(served -> served.apiVersion().equals(apiVersion))
                    .findFirst())
            .map(served -> served.schemaType());
  }
}
