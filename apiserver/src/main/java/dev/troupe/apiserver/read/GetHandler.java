package dev.troupe.apiserver.read;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.conversion.VersionedResources;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.options.ListOptions;
import dev.troupe.apiserver.options.PastMoment;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.runtime.resource.StoredResource;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Reads one object.
public final class GetHandler implements VerbHandler {

  private final VersionedResources versions;
  private final InstantSource clock;

  public GetHandler(VersionedResources versions, InstantSource clock) {
    this.versions = versions;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var key = ask.key();
    var query = ask.request().query();
    PastMoment.refuseSince(query);
    var past = PastMoment.version(query);
    var resources = ResourceReader.of(ask, versions);
    var found =
        past == null
            ? current(resources, key, ListOptions.version(query.text("resourceVersion")))
            : resources.exactly(key, past);
    var representation = ask.representation();
    return ask.call()
        .thenWeighed(
            ask.call().then(found, present -> content(present, key)),
            stored -> stored.length,
            stored -> answer(ask, representation, stored));
  }

  private static CompletionStage<Optional<StoredResource>> current(
      ResourceReader resources, ResourceKey key, @Nullable Long version) {
    return version == null || version == 0
        ? resources.newest(key)
        : resources.notOlder(key, version);
  }

  private static byte[] content(Optional<StoredResource> found, ResourceKey key) {
    return found.orElseThrow(() -> new RefusedException(Refusal.notFound(key))).json();
  }

  private Answer answer(Ask ask, Representation representation, byte[] stored) {
    byte[] body =
        ask.subresource() instanceof Subresource.View view
            ? Encoding.view(ask.endpoint(), view, stored, representation, clock)
            : ask.form(representation, clock).object(stored);
    return new Answer.Document(200, representation.contentType(), body);
  }
}
