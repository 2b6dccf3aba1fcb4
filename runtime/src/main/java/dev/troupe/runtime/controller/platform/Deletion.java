package dev.troupe.runtime.controller.platform;

import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import java.time.Duration;
import java.time.Instant;

/// How a sweep deletes what it finds: in the background, and only the very object that it saw.
public final class Deletion {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Deletion() {}

  /// Whether the deletion of the object has been asked for already.
  public static boolean isUnderWay(StoredResource resource) {
    return ControllerJson.object(resource.json()).path("metadata").hasNonNull("deletionTimestamp");
  }

  /// @param key the same for every attempt of one sweep
  public static WriteRequest of(
      StoredResource resource, String apiVersion, WriteCause cause, String key, Instant now) {
    var options = new Mutation.DeleteOptions(null, "Background", null, resource.uid(), null);
    var mutation =
        new MutationRequest(
            resource.key(),
            apiVersion,
            Subresources.WHOLE,
            new Mutation.Delete(options),
            MutationRequest.Options.DEFAULT,
            new MutationRequest.Facts(now, "", null));
    return new WriteRequest(
        mutation, cause, key + "/" + resource.uid(), resource.version(), now.plus(PATIENCE));
  }
}
