package dev.troupe.runtime.admission;

import dev.troupe.resources.claim.Claim;
import dev.troupe.resources.claim.ClaimChange;
import dev.troupe.resources.claim.Claims;
import dev.troupe.resources.claim.Owner;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.mutation.Invalid;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.subresource.Whole;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.runtime.admission.ClaimRegister.Attempt;
import dev.troupe.runtime.admission.ClaimRegister.Held;
import dev.troupe.runtime.admission.Foreseen.Effect;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What an object must have of its own is claimed before it is stored, and given back when it is
/// refused, changed or removed. A dry run is told what it would get, and claims nothing.
final class ClaimStep implements AdmissionStep.OfResult {

  private final ResourceRegistry registry;
  private final ClaimRegister register;

  ClaimStep(ResourceRegistry registry, ClaimRegister register) {
    this.registry = registry;
    this.register = register;
  }

  @Override
  public boolean concerns(MutationRequest request) {
    return claims(request).isPresent() && request.subresource() instanceof Whole;
  }

  private Optional<Claims> claims(MutationRequest request) {
    return registry.find(request.key().type()).flatMap(type -> type.kind().claims());
  }

  @Override
  public CompletionStage<Verdict> admit(Foreseen foreseen) {
    var request = foreseen.request().mutation();
    var claims = claims(request).orElseThrow();
    var before = foreseen.before();
    var after = foreseen.effect() == Effect.REMOVED ? null : foreseen.object();
    var change = ClaimChange.of(claims, before, after);
    var uid =
        before == null
            ? request.facts().newUid()
            : before.path("metadata").path("uid").asString("");
    var owner = new Owner(request.key(), uid);
    return register
        .find(change.dropped(), owner)
        .thenCompose(dropped -> new Taking(claims, foreseen, owner, change, dropped).take());
  }

  /// The claims of one write.
  private final class Taking {

    private final Claims claims;
    private final Foreseen foreseen;
    private final WriteRequest request;
    private final Owner owner;
    private final ClaimChange change;
    private final List<Claim> needed;
    private final List<Held> taken = new ArrayList<>();

    /// Made before the write, and the owner's own: if it is stored without them, nothing needs
    /// them.
    private final List<Held> dropped;

    Taking(Claims claims, Foreseen foreseen, Owner owner, ClaimChange change, List<Held> dropped) {
      this.claims = claims;
      this.foreseen = foreseen;
      this.request = foreseen.request();
      this.owner = owner;
      this.change = change;
      this.needed =
          request.mutation().mutation() instanceof Mutation.Delete ? List.of() : change.needed();
      this.dropped = dropped;
    }

    /// Takes all that is needed, or nothing.
    CompletionStage<Verdict> take() {
      return take(0)
          .exceptionallyCompose(
              failure -> giveBackTaken().thenCompose(_ -> CompletableFuture.failedFuture(failure)));
    }

    private CompletionStage<Verdict> take(int next) {
      if (next == needed.size()) {
        return CompletableFuture.completedFuture(verdict());
      }
      var claim = needed.get(next);
      var unfit = claim.isOpen() ? new FieldErrors() : claim.pool().unfit(claim);
      if (!unfit.isEmpty()) {
        return refused(invalid(unfit));
      }
      return register
          .make(claim, owner, request)
          .thenCompose(attempt ->
              switch (attempt) {
                case Attempt.Made(var held) -> {
                  boolean twice =
                      claim.isOpen() && taken.stream().anyMatch(other -> sameThing(other, held));
                  if (!twice) {
                    taken.add(held);
                  }
                  yield take(twice ? next : next + 1);
                }
                case Attempt.Taken _ -> refused(invalid(claim.pool().taken(claim)));
                case Attempt.Refused(var refusal) -> refused(refusal);
              });
    }

    /// As it may happen only in a dry run, in which what was found is free for the next as well.
    private static boolean sameThing(Held one, Held other) {
      return one.claim().isOnThingOf(other.claim());
    }

    private Refusal invalid(FieldErrors errors) {
      var type = registry.find(owner.key().type()).orElseThrow();
      return Invalid.of(
          type.storage().group(), type.names().kind(), owner.key().name(), errors.all());
    }

    private CompletionStage<Verdict> refused(Refusal refusal) {
      return giveBackTaken().thenApply(_ -> new Verdict.Refused(refusal));
    }

    private CompletionStage<Void> giveBackTaken() {
      return register.giveBack(taken, request).exceptionally(_ -> null);
    }

    private Verdict verdict() {
      if (needed.isEmpty() && !mayRestate()) {
        return new Verdict.Passed(this::settle);
      }
      claims.fill(foreseen.object(), taken.stream().map(Held::claim).toList());
      return new Verdict.Exactly(foreseen.object(), this::settle);
    }

    /// Whether an object that has lost a claim in the meantime would get the thing back unclaimed.
    private boolean mayRestate() {
      return !change.kept().isEmpty()
          && switch (request.mutation().mutation()) {
            case Mutation.Update _, Mutation.Merge _ -> true;
            case Mutation.Patch _, Mutation.Apply _ -> foreseen.changesContent();
            case Mutation.Create _, Mutation.Delete _, Mutation.Decided _ -> false;
          };
    }

    private CompletionStage<?> settle(WriteReply reply) {
      return switch (reply) {
        case WriteReply.Written(_, var json, _, _) -> register.giveBack(without(json), request);
        case WriteReply.Removed _ -> register.giveBack(dropped, request);
        case WriteReply.Refused _ -> register.giveBack(taken, request);
      };
    }

    /// What was dropped and is not there again.
    private List<Held> without(byte[] json) {
      if (dropped.isEmpty()) {
        return dropped;
      }
      var there = claims.of(JsonDecoder.stored(json));
      return dropped.stream().filter(held -> !ClaimChange.isAmong(there, held.claim())).toList();
    }
  }
}
