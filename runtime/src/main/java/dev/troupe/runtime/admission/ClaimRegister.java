package dev.troupe.runtime.admission;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.claim.Claim;
import dev.troupe.resources.claim.Owner;
import dev.troupe.resources.claim.Pool;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.Pull;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes claims and gives them back: resources that are named like what they claim. They are
/// written without admission, as nothing is claimed for a claim.
final class ClaimRegister {

  private static final Options OPTIONS =
      new Options(FieldValidation.IGNORE, false, "kube-apiserver", List.of());

  /// How often a thing that somebody else has got first is replaced by another.
  private static final int TRIES = 64;

  private final Resources resources;
  private final ResourceRegistry registry;
  private final RandomGenerator random;
  private final Supplier<String> ids;

  ClaimRegister(
      Resources resources,
      ResourceRegistry registry,
      RandomGenerator random,
      Supplier<String> ids) {
    this.resources = resources;
    this.registry = registry;
    this.random = random;
    this.ids = ids;
  }

  /// A claim that was made.
  ///
  /// @param claim on a thing
  /// @param uid of the resource that says so
  record Held(Claim claim, String uid) {}

  /// What comes of making a claim.
  sealed interface Attempt {

    record Made(Held held) implements Attempt {}

    /// Somebody else has it.
    record Taken() implements Attempt {}

    record Refused(Refusal refusal) implements Attempt {}
  }

  /// @param request the write for which it is made
  CompletionStage<Attempt> make(Claim claim, Owner owner, WriteRequest request) {
    return claim.isOpen() ? makeAny(claim, owner, request, 1) : create(claim, owner, request);
  }

  private CompletionStage<Attempt> makeAny(
      Claim claim, Owner owner, WriteRequest request, int attempt) {
    var pool = claim.pool();
    return taken(pool, attempt)
        .thenCompose(taken -> {
          var free = pool.free(taken, random);
          if (free.isEmpty() || attempt > TRIES) {
            return CompletableFuture.completedFuture(
                new Attempt.Refused(Refusal.tooManyRequests(pool.exhausted(), 1)));
          }
          return create(claim.on(free.get()), owner, request)
              .thenCompose(made ->
                  made instanceof Attempt.Taken
                      ? makeAny(claim, owner, request, attempt + 1)
                      : CompletableFuture.completedFuture(made));
        });
  }

  /// The first thing is picked without a look: mostly it is free, and to see all claims takes every
  /// partition that has some.
  private CompletionStage<Predicate<String>> taken(Pool pool, int attempt) {
    return attempt == 1
        ? CompletableFuture.completedFuture(_ -> false)
        : resources.list(ListQuery.of(pool.type(), null)).thenCompose(ClaimRegister::taken);
  }

  private static CompletionStage<Predicate<String>> taken(ListCursor claims) {
    var things = new HashSet<String>();
    return new Pull(claims)
        .each(claim -> things.add(claim.key().name()), Runnable::run)
        .thenApply(_ -> things::contains);
  }

  private CompletionStage<Attempt> create(Claim claim, Owner owner, WriteRequest request) {
    if (request.mutation().options().dryRun()) {
      return foresee(claim);
    }
    var uid = ids.get();
    var creation = new Mutation.Create(claim.pool().claim(claim.thing(), owner));
    return write(claim, creation, uid, request)
        .thenApply(reply ->
            switch (reply) {
              case WriteReply.Written _ -> new Attempt.Made(new Held(claim, uid));
              case WriteReply.Removed _ -> new Attempt.Taken();
              case WriteReply.Refused(var refusal) ->
                  refusal.reason() == StatusReason.ALREADY_EXISTS
                      ? new Attempt.Taken()
                      : new Attempt.Refused(refusal);
            });
  }

  /// What would come of it: nothing is made.
  private CompletionStage<Attempt> foresee(Claim claim) {
    return resources
        .get(key(claim))
        .thenApply(
            made -> made.isPresent() ? new Attempt.Taken() : new Attempt.Made(new Held(claim, "")));
  }

  /// Those of the claims that the owner has indeed made.
  CompletionStage<List<Held>> find(List<Claim> claims, Owner owner) {
    CompletionStage<List<Held>> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (var claim : claims) {
      all =
          all.thenCombine(
              resources.get(key(claim)),
              (found, made) -> {
                find(claim, owner, made).ifPresent(found::add);
                return found;
              });
    }
    return all;
  }

  private static Optional<Held> find(Claim claim, Owner owner, Optional<StoredResource> made) {
    return made.filter(found -> claim.pool().isOf(owner, JsonDecoder.stored(found.json())))
        .map(found -> new Held(claim, found.uid()));
  }

  /// Gives claims back, as well as that can be done: what is forgotten here is found by those who
  /// repair claims. A dry run has nothing to give back.
  ///
  /// @return completes when all is given back that could be
  CompletionStage<Void> giveBack(List<Held> claims, WriteRequest request) {
    if (request.mutation().options().dryRun()) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.allOf(
        claims.stream()
            .map(held -> giveBack(held, request).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  private CompletionStage<WriteReply> giveBack(Held held, WriteRequest request) {
    var options = new DeleteOptions(null, null, null, held.uid(), null);
    return write(held.claim(), new Mutation.Delete(options), ids.get(), request);
  }

  private CompletionStage<WriteReply> write(
      Claim claim, Mutation mutation, String uid, WriteRequest request) {
    var pool = claim.pool();
    var apiVersion =
        registry.find(pool.type()).map(ResourceType::storage).orElseThrow().apiVersion();
    var facts = new Facts(request.mutation().facts().now(), uid, null);
    var claiming =
        new MutationRequest(key(claim), apiVersion, Subresources.WHOLE, mutation, OPTIONS, facts);
    var cause = WriteCause.platform(pool.name(), "claim");
    return resources.write(
        new WriteRequest(
            claiming, cause, "", 0, request.deadline(), request.host(), request.trace()));
  }

  private static ResourceKey key(Claim claim) {
    return new ResourceKey(claim.pool().type(), "", claim.thing());
  }
}
