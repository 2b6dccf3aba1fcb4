package dev.troupe.apiserver.write;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.BodyReader;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.conversion.VersionedResources;
import dev.troupe.apiserver.encoding.ListMeta;
import dev.troupe.apiserver.options.ListOptions;
import dev.troupe.apiserver.options.PastMoment;
import dev.troupe.apiserver.options.Selection;
import dev.troupe.apiserver.read.ExpiredToken;
import dev.troupe.apiserver.read.PageEnd;
import dev.troupe.apiserver.read.ResourceReader;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Target;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.Pull;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// Deletes what a list would show, one object after the other, and answers with the list.
public final class DeleteCollectionHandler implements VerbHandler {

  private final BodyReader bodies;
  private final VersionedResources versions;
  private final DeleteHandler deletion;
  private final InstantSource clock;

  public DeleteCollectionHandler(
      BodyReader bodies, VersionedResources versions, DeleteHandler deletion, InstantSource clock) {
    this.bodies = bodies;
    this.versions = versions;
    this.deletion = deletion;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var body = DeleteBody.read(ask.call(), bodies);
    PastMoment.refuse(ask.request().query());
    var options = ListOptions.parse(ask.request().query(), false);
    var selection = ask.selection(options);
    var representation = ask.representation();
    var answer =
        ask.call()
            .thenStage(
                ResourceReader.of(ask, versions).list(ask, options, selection),
                list ->
                    ask.call()
                        .thenStage(
                            Victims.of(list, options, selection, ask.call().thread()),
                            victims -> delete(ask, body, victims, representation)));
    return ExpiredToken.orAnother(answer, options, representation);
  }

  /// What is to be deleted: a page, if there is a limit. All are known before the first is deleted:
  /// to delete takes longer than a list may.
  private static final class Victims {

    private final ListCursor list;
    private final Selection selection;
    private final List<ResourceKey> keys = new ArrayList<>();
    private ListMeta meta;

    private Victims(ListCursor list, Selection selection) {
      this.list = list;
      this.selection = selection;
      this.meta = PageEnd.OF_THE_LIST.meta(list.version());
    }

    /// @param thread where it goes on after a piece that had to be waited for
    static CompletionStage<Victims> of(
        ListCursor list, ListOptions options, Selection selection, Executor thread) {
      var victims = new Victims(list, selection);
      var pull = new Pull(list);
      return pull.each(() -> victims.keys.size() < options.pageLimit(), victims::take, thread)
          .thenApply(_ -> victims.untilHere(pull));
    }

    private void take(StoredResource found) {
      if (selection.matches(found)) {
        keys.add(found.key());
      }
    }

    private Victims untilHere(Pull pull) {
      if (pull.state() != Pull.State.OVER) {
        pull.close();
        meta = PageEnd.behind(list, keys.getLast(), selection, keys.size()).meta(list.version());
      }
      return this;
    }
  }

  private CompletionStage<Answer> delete(
      Ask ask, DeleteBody body, Victims victims, Representation representation) {
    return ask.call()
        .thenWeighed(
            deleteAll(ask, body, victims.keys.iterator(), new ArrayList<>()),
            deleted -> deleted.stream().mapToLong(each -> each.length).sum(),
            deleted -> answer(ask, representation, victims.meta, deleted));
  }

  private CompletionStage<List<byte[]>> deleteAll(
      Ask ask, DeleteBody body, Iterator<ResourceKey> victims, List<byte[]> deleted) {
    while (victims.hasNext()) {
      var victim = victims.next();
      var stage = deletion.delete(within(ask, victim), victim.name(), body);
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
  private static Ask within(Ask ask, ResourceKey victim) {
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
            victim.namespace(),
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
      Ask ask, Representation representation, ListMeta meta, List<byte[]> deleted) {
    var parts = ask.form(representation, clock).list(deleted.iterator(), meta);
    return Answer.Document.of(representation.contentType(), parts);
  }
}
