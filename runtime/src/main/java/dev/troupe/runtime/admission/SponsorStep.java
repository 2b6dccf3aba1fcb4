package dev.troupe.runtime.admission;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Sponsor;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.subresource.Whole;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.Pull;
import dev.troupe.runtime.nearby.Nearby;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.node.ObjectNode;

/// New objects that need others are completed by them, or refused without them: pods by their
/// priority class and their service account.
final class SponsorStep implements AdmissionStep.OfRequest {

  private final Resources resources;
  private final Nearby nearby;
  private final ResourceRegistry registry;

  SponsorStep(Resources resources, Nearby nearby, ResourceRegistry registry) {
    this.resources = resources;
    this.nearby = nearby;
    this.registry = registry;
  }

  @Override
  public boolean concerns(MutationRequest request) {
    boolean mayCreate =
        request.mutation() instanceof Mutation.Create
            || request.mutation() instanceof Mutation.Merge
            || request.mutation() instanceof Mutation.Apply;
    return mayCreate && request.subresource() instanceof Whole && !sponsors(request).isEmpty();
  }

  private List<Sponsor> sponsors(MutationRequest request) {
    return registry
        .find(request.key().type())
        .map(type -> type.kind().sponsors())
        .orElse(List.of());
  }

  @Override
  public CompletionStage<Asked> admit(WriteRequest request) {
    var mutation = request.mutation();
    return switch (mutation.mutation()) {
      case Mutation.Create(var body) -> complete(request, body.deepCopy());
      case Mutation.Merge(var planned) -> completeIfNew(request, planned);
      case Mutation.Apply(var object, _, _) -> completeIfNew(request, object);
      case Mutation.Update _, Mutation.Patch _, Mutation.Delete _, Mutation.Decided _ ->
          CompletableFuture.completedFuture(new Asked.Passed(request));
    };
  }

  private CompletionStage<Asked> completeIfNew(WriteRequest request, ObjectNode object) {
    return resources
        .get(request.mutation().key())
        .thenCompose(present ->
            present.isPresent()
                ? CompletableFuture.completedFuture(new Asked.Passed(request))
                : complete(request, object.deepCopy()));
  }

  private CompletionStage<Asked> complete(WriteRequest request, ObjectNode object) {
    var key = request.mutation().key();
    // Whose namespace it is may have been left to the path.
    var metadata = Json.object(object, "metadata");
    if (!key.namespace().isEmpty() && metadata != null && !metadata.has("namespace")) {
      metadata.put("namespace", key.namespace());
    }
    CompletionStage<Optional<String>> forbidden =
        CompletableFuture.completedFuture(Optional.empty());
    for (var sponsor : sponsors(request.mutation())) {
      forbidden =
          forbidden.thenCompose(why ->
              why.isPresent()
                  ? CompletableFuture.completedFuture(why)
                  : complete(request.mutation(), sponsor, object));
    }
    return forbidden.thenApply(why ->
        why.<Asked>map(words -> new Asked.Refused(Refusal.forbidden(key, words, List.of())))
            .orElseGet(() -> new Asked.Passed(sent(request, object))));
  }

  private CompletionStage<Optional<String>> complete(
      MutationRequest request, Sponsor sponsor, ObjectNode object) {
    var uid = request.facts().newUid();
    var namespace = sponsor.namespaced() ? request.key().namespace() : "";
    return switch (sponsor.wanted(object)) {
      case Sponsor.Wanted.Nobody _ -> CompletableFuture.completedFuture(Optional.empty());
      case Sponsor.Wanted.Named(var name) ->
          named(new ResourceKey(sponsor.type(), namespace, name))
              .thenApply(found ->
                  sponsor.complete(object, found.map(SponsorStep::read).orElse(null), uid));
      case Sponsor.Wanted.Whoever _ ->
          all(sponsor.type(), namespace)
              .thenApply(all -> sponsor.complete(object, sponsor.whoever(all).orElse(null), uid));
    };
  }

  /// Whoever is not at hand may have come a moment ago.
  private CompletionStage<Optional<StoredResource>> named(ResourceKey key) {
    var known = nearby.find(key);
    return known.isPresent() ? CompletableFuture.completedFuture(known) : resources.get(key);
  }

  /// @param namespace empty if sponsors are in none
  private CompletionStage<Stream<ObjectNode>> all(TypeRef type, String namespace) {
    return nearby
        .all(type)
        .<CompletionStage<Stream<ObjectNode>>>map(known ->
            CompletableFuture.completedFuture(
                known
                    .filter(one -> one.key().namespace().equals(namespace))
                    .map(SponsorStep::read)))
        .orElseGet(() ->
            resources
                .list(ListQuery.of(type, namespace.isEmpty() ? null : namespace))
                .thenCompose(SponsorStep::read));
  }

  /// Read when they are asked for.
  static CompletionStage<Stream<ObjectNode>> read(ListCursor list) {
    return new Pull(list).all(Runnable::run).thenApply(SponsorStep::read);
  }

  private static Stream<ObjectNode> read(Iterator<StoredResource> all) {
    Iterable<StoredResource> once = () -> all;
    return StreamSupport.stream(once.spliterator(), false).map(SponsorStep::read);
  }

  private static ObjectNode read(StoredResource stored) {
    return JsonDecoder.stored(stored.json());
  }

  private static WriteRequest sent(WriteRequest request, ObjectNode object) {
    var mutation = request.mutation();
    var completed =
        switch (mutation.mutation()) {
          case Mutation.Create _ -> new Mutation.Create(object);
          case Mutation.Apply(var applied, var force, _) ->
              new Mutation.Apply(applied, force, object);
          case Mutation.Merge _,
              Mutation.Update _,
              Mutation.Patch _,
              Mutation.Delete _,
              Mutation.Decided _ ->
              new Mutation.Merge(object);
        };
    return request.with(mutation.with(mutation.apiVersion(), completed));
  }
}
