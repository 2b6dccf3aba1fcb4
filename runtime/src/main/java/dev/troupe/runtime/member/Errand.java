package dev.troupe.runtime.member;

import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.SeenVersions;
import dev.troupe.runtime.collection.waiting.Orders;
import dev.troupe.runtime.collection.whereabouts.Freshness;
import dev.troupe.runtime.collection.whereabouts.Here;
import dev.troupe.runtime.collection.whereabouts.HostFence;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.collection.whereabouts.TracedWrites;
import dev.troupe.runtime.collection.whereabouts.Whereabouts;
import dev.troupe.runtime.handover.Handover;
import dev.troupe.runtime.resource.Deadlines;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.PartitionId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One write on its way to whoever has its partition, and its answer on the way back. If the
/// partition moves, and it is certain that nothing was stored, the write is sent after it.
final class Errand {

  /// What all of them share.
  ///
  /// @param executor where what is not answered in time goes on
  /// @param later where what is sent again goes on after a while; null where partitions cannot move
  record Ways(
      PartitionDirectory directory,
      SeenVersions seen,
      Freshness freshness,
      HostFence hosts,
      Handover handover,
      Deadlines deadlines,
      TracedWrites traced,
      Executor executor,
      @Nullable Executor later) {}

  private final Ways ways;
  private final PartitionId partition;
  private final WriteRequest request;
  private final Executor thread;
  private final CompletableFuture<WriteReply> answer = new CompletableFuture<>();

  /// Whether it is known that nobody has the write.
  private volatile boolean back;

  /// @param thread where the answer is given, if it comes in time
  Errand(Ways ways, PartitionId partition, WriteRequest request, Executor thread) {
    this.ways = ways;
    this.partition = partition;
    this.request = request;
    this.thread = thread;
  }

  /// @param until when the answer is waited for, in milliseconds
  CompletableFuture<WriteReply> begin(Whereabouts where, long until) {
    var waiting = ways.deadlines().begin(until, () -> ways.executor().execute(this::late));
    var _ =
        answer.whenComplete((_, _) -> {
          ways.deadlines().end(waiting);
          ways.handover().end();
        });
    ways.handover().begin();
    send(where);
    return answer;
  }

  private void send(Whereabouts where) {
    var objection =
        where instanceof Here ? ways.hosts().objection(null, request) : Optional.<Refusal>empty();
    if (objection.isPresent()) {
      answered(where, new WriteReply.Refused(objection.get()));
      return;
    }
    var write =
        ways.traced()
            .sent(
                where,
                request.behind(ways.seen().of(partition.collection())),
                reply -> answered(where, reply));
    ways.handover().tell(() -> where.tell(write));
  }

  private void answered(Whereabouts where, WriteReply reply) {
    ways.seen().show(partition.collection(), reply);
    var later = ways.later();
    if (later != null && reply.isNotStored()) {
      back = true;
      later.execute(this::sendAgain);
    } else {
      thread.execute(() -> answer.complete(fresh(where, reply)));
    }
  }

  /// What comes from elsewhere has been looked at there.
  private WriteReply fresh(Whereabouts where, WriteReply reply) {
    return where instanceof Here ? ways.freshness().of(reply) : reply;
  }

  private void sendAgain() {
    ways.directory()
        .find(partition)
        .thenAccept(where -> {
          if (!answer.isDone()) {
            back = false;
            send(where);
          }
        });
  }

  private void late() {
    answer.complete(
        back ? unavailable(partition) : new WriteReply.Refused(Orders.unknownOutcome()));
  }

  static WriteReply unavailable(PartitionId partition) {
    return new WriteReply.Refused(
        Refusal.unavailable(partition + " is not open; the write was not stored"));
  }
}
