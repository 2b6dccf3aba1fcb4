package dev.troupe.resources.mutation.decision;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.conversion.Conversion;
import dev.troupe.resources.conversion.Converter;
import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.ownership.Ownership;
import dev.troupe.resources.mutation.ownership.OwnershipRules;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Validation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One request against one resource, while it is decided.
///
/// @param served the group-version that the request is written in
/// @param ownership who owns which fields
/// @param warnings collects what the client shall be told
record MutationTarget(
    ResourceType type,
    Served served,
    MutationRequest request,
    Ownership ownership,
    List<String> warnings) {

  MutationTarget(
      ResourceType type,
      Served served,
      MutationRequest request,
      OwnershipRules ownership,
      Converter converter) {
    this(type, served, request, ownership.of(type, served, request, converter), new ArrayList<>(0));
  }

  /// The same for an object that brings its owners along.
  MutationTarget settled() {
    var settled = request.exactly(request.apiVersion(), request.mutation());
    return new MutationTarget(type, served, settled, ownership, warnings);
  }

  ResourceKey key() {
    return request.key();
  }

  String name() {
    return request.key().name();
  }

  String kind() {
    return type.names().kind();
  }

  String group() {
    return served.group();
  }

  /// Whether the type is one of Kubernetes' own, which its groups show.
  boolean isOfKubernetes() {
    var group = type.storage().group();
    return !type.kind().isDefined() && (group.indexOf('.') < 0 || group.endsWith(".k8s.io"));
  }

  Subresource subresource() {
    return type.own(request.subresource());
  }

  Defaults defaults() {
    return type.kind().defaults(served.apiVersion());
  }

  Validation rules() {
    return type.kind().rules(served.apiVersion());
  }

  boolean hasStatus() {
    return type.subresources().contains(Subresources.STATUS);
  }

  /// Adds what is suspicious about an object that is accepted. Nobody reads what a controller would
  /// be told.
  void warn(ObjectNode object, @Nullable ObjectNode old) {
    if (!(request.mutation() instanceof Mutation.Merge)) {
      rules().warn(object, old, new FieldWarnings(warnings));
    }
  }

  /// A stored object as its type has it now.
  ObjectNode recalled(ObjectNode object) {
    var kind = type.kind();
    return kind.isDefined() ? kind.shown(object, type.storage().apiVersion()) : object;
  }

  /// A stored object in the version of the request.
  ObjectNode shown(ObjectNode object) {
    return type.kind().shown(object, served.apiVersion());
  }

  /// An object of the request in the version that is stored.
  ObjectNode stored(ObjectNode object) {
    return Conversion.convert(object, type.kind().spelling(), type.storage().apiVersion());
  }

  /// The present, as timestamps are written.
  String now() {
    return timestamp(request.facts().now());
  }

  static String timestamp(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
