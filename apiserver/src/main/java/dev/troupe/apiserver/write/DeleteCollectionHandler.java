package dev.troupe.apiserver.write;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.BodyReader;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.encoding.ListMeta;
import dev.troupe.apiserver.options.ListOptions;
import dev.troupe.apiserver.read.SnapshotReader;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Target;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Deletes what a list would show, one object after the other, and answers with the list.
public final class DeleteCollectionHandler implements VerbHandler {

  private final BodyReader bodies;
  private final SnapshotReader snapshots;
  private final DeleteHandler deletion;
  private final InstantSource clock;

  public DeleteCollectionHandler(
      BodyReader bodies, SnapshotReader snapshots, DeleteHandler deletion, InstantSource clock) {
    this.bodies = bodies;
    this.snapshots = snapshots;
    this.deletion = deletion;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var body = DeleteBody.read(ask.call(), bodies);
    var options = ListOptions.parse(ask.request().query(), false);
    var selection = ask.selection(options);
    var representation = ask.representation();
    return ask.call()
        .thenStage(
            snapshots.newest(ask.endpoint().type().ref(), ask.namespace()),
            state -> {
              var victims = new ArrayList<StoredResource>();
              state
                  .iterate(
                      ask.namespace().isEmpty() ? null : ask.namespace(), null, selection.wanted())
                  .forEachRemaining(found -> {
                    if (selection.matches(found)) {
                      victims.add(found);
                    }
                  });
              return ask.call()
                  .thenWeighed(
                      deleteAll(ask, body, victims.iterator(), new ArrayList<>()),
                      deleted -> deleted.stream().mapToLong(each -> each.length).sum(),
                      deleted -> answer(ask, representation, state, deleted));
            });
  }

  private CompletionStage<List<byte[]>> deleteAll(
      Ask ask, DeleteBody body, Iterator<StoredResource> victims, List<byte[]> deleted) {
    while (victims.hasNext()) {
      var victim = victims.next();
      var stage = deletion.delete(within(ask, victim), victim.key().name(), body);
      if (stage instanceof CompletableFuture<WriteReply> future && future.isDone()) {
        note(future.join(), deleted);
        continue;
      }
      return ask.call()
          .thenStage(
              stage,
              reply -> {
                note(reply, deleted);
                return deleteAll(ask, body, victims, deleted);
              });
    }
    return CompletableFuture.completedFuture(deleted);
  }

  /// The same request, about the namespace of one of its objects.
  private static Ask within(Ask ask, StoredResource victim) {
    var target = ask.target();
    return new Ask(
        ask.call(),
        ask.endpoint(),
        new Target.OfResource(
            target.verb(),
            target.group(),
            target.version(),
            target.resource(),
            Subresources.WHOLE,
            victim.key().namespace(),
            ""));
  }

  private static void note(WriteReply reply, List<byte[]> deleted) {
    switch (reply) {
      case WriteReply.Written written -> deleted.add(written.json());
      case WriteReply.Removed removed -> deleted.add(removed.json());
      case WriteReply.Refused(var refusal) -> {
        if (refusal.reason() != StatusReason.NOT_FOUND) {
          throw new RefusedException(refusal);
        }
      }
    }
  }

  private Answer answer(
      Ask ask, Representation representation, Snapshot state, List<byte[]> deleted) {
    var parts =
        ask.form(representation, clock)
            .list(deleted.iterator(), new ListMeta(state.version(), "", 0));
    return Answer.Document.of(representation.contentType(), parts);
  }
}
