package dev.troupe.apiserver.conversion;

import dev.troupe.apiserver.encoding.Endpoint;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// The resources as they are under an endpoint: those of most types as they are stored, converted
/// where somebody else does that.
public final class VersionedResources {

  private final Resources resources;
  private final Conversions conversions;
  private final ConvertedWrites writes;
  private final SharedChanges changes = new SharedChanges();

  public VersionedResources(Resources resources, StandardMutator mutator, Conversions conversions) {
    this.resources = resources;
    this.conversions = conversions;
    this.writes = new ConvertedWrites(resources, mutator, conversions.workers());
  }

  /// What is read there.
  public Resources seen(Endpoint endpoint) {
    return endpoint.isConverted()
        ? new ConvertedResources(resources, objects(endpoint), changes)
        : resources;
  }

  /// Writes there. The reply has the object as it is there.
  ///
  /// @param thread as of [Resources#write(WriteRequest, Executor)]
  public CompletionStage<WriteReply> write(
      Endpoint endpoint, WriteRequest request, Executor thread) {
    return endpoint.type().kind().conversionHook().isPresent()
        ? writes.write(objects(endpoint), request)
        : resources.write(request, thread);
  }

  private ConvertedObjects objects(Endpoint endpoint) {
    return new ConvertedObjects(conversions, endpoint.type(), endpoint.served().apiVersion());
  }
}
