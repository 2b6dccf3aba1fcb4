package dev.troupe.apiserver.write;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.conversion.VersionedResources;
import dev.troupe.apiserver.options.WriteOptions;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Sends mutations to the resources.
public final class MutationSender {

  private final VersionedResources resources;
  private final Supplier<String> ids;

  public MutationSender(VersionedResources resources, Supplier<String> ids) {
    this.resources = resources;
    this.ids = ids;
  }

  MutationRequest request(
      Ask ask,
      ResourceKey key,
      Mutation mutation,
      WriteOptions options,
      List<String> duplicateFields) {
    return new MutationRequest(
        key,
        ask.endpoint().served().apiVersion(),
        ask.target().subresource(),
        mutation,
        new Options(
            options.fieldValidation(), options.dryRun(), options.fieldManager(), duplicateFields),
        new Facts(ask.call().received(), ids.get(), null));
  }

  CompletionStage<WriteReply> send(Ask ask, MutationRequest request) {
    var call = ask.call();
    return resources.write(
        ask.endpoint(),
        new WriteRequest(
            request,
            WriteCause.user(call.user().name(), call.request().userAgent(), ask.target().action()),
            "",
            0,
            call.deadline(),
            null,
            call.trace()),
        call.thread());
  }
}
