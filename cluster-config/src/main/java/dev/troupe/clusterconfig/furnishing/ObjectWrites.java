package dev.troupe.clusterconfig.furnishing;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.clusterconfig.member.MemberFailedException;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a member sees to.
///
/// @param uids makes uids, each only once
public record ObjectWrites(Resources resources, InstantSource clock, Supplier<String> uids) {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /// What is there as wanted is not written again; what a person added to it stays.
  ///
  /// @return fails with [MemberFailedException] if it is refused
  CompletionStage<byte[]> merge(ResourceKey key, ObjectNode object) {
    return resources
        .write(request(key, object.path("apiVersion").asString(), new Mutation.Merge(object)))
        .thenApply(reply -> written(key, reply));
  }

  /// Applies an object, which takes from others the fields that it has.
  CompletionStage<WriteReply> apply(ResourceKey key, ObjectNode object) {
    var apply = new Mutation.Apply(object, true);
    return resources.write(
        request(key, object.path("apiVersion").asString(), apply, "troupe", "brought along"));
  }

  /// Deletes an object if it is still the one of that uid.
  CompletionStage<WriteReply> delete(ResourceKey key, String apiVersion, String uid) {
    var options = new DeleteOptions(null, null, null, uid, null);
    return resources.write(request(key, apiVersion, new Mutation.Delete(options)));
  }

  private WriteRequest request(ResourceKey key, String apiVersion, Mutation mutation) {
    return request(key, apiVersion, mutation, "kube-apiserver", "part of every cluster");
  }

  private WriteRequest request(
      ResourceKey key, String apiVersion, Mutation mutation, String manager, String reason) {
    var now = clock.instant();
    var request =
        new MutationRequest(
            key,
            apiVersion,
            Subresources.WHOLE,
            mutation,
            new Options(FieldValidation.STRICT, false, manager, List.of()),
            new Facts(now, uids.get(), null));
    var cause = WriteCause.platform("assembly", reason);
    return new WriteRequest(request, cause, "", 0, now.plus(DEADLINE));
  }

  private static byte[] written(ResourceKey key, WriteReply reply) {
    return switch (reply) {
      case WriteReply.Written written -> written.json();
      case WriteReply.Removed _ -> throw new IllegalStateException(key + " was removed by a merge");
      case WriteReply.Refused(var refusal) ->
          throw new MemberFailedException(key + " cannot be created: " + refusal.message(), null);
    };
  }
}
