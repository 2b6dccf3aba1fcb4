package dev.troupe.runtime.controller.plan;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A write that a plan asks for, complete but for the facts that are looked up when it is sent.
///
/// @param mutationKey deterministic: the decision and the place of the write in it
/// @param newUid the uid of the object, should it be created; derived from the key
/// @param fieldManager whose the fields are that are written
/// @param creates whether it may create the object, so that its namespace must be known
/// @param mayBeGone a missing object is as good as a write
/// @param mayBeAnother an object with another uid is as good as a missing one
public record PlannedWrite(
    ResourceKey key,
    String apiVersion,
    Subresource subresource,
    Mutation mutation,
    String mutationKey,
    String newUid,
    WriteCause cause,
    String fieldManager,
    boolean creates,
    boolean mayBeGone,
    boolean mayBeAnother) {

  /// Whether it comes to nothing if there is such an object.
  boolean onlyCreates() {
    return mutation instanceof Mutation.Apply(var object, _, _)
        && object.path("metadata").has("resourceVersion");
  }

  /// @param namespaceUid of the object's namespace, null if cluster-scoped or not created
  /// @param seen the highest version that the controller has seen
  public WriteRequest request(
      Instant now, @Nullable String namespaceUid, long seen, Duration patience) {
    var facts = new MutationRequest.Facts(now, newUid, namespaceUid);
    var options =
        new MutationRequest.Options(
            MutationRequest.FieldValidation.IGNORE,
            false,
            fieldManager,
            MutationRequest.Options.DEFAULT.duplicateFields());
    var request = new MutationRequest(key, apiVersion, subresource, mutation, options, facts);
    return new WriteRequest(request, cause, mutationKey, seen, now.plus(patience));
  }
}
