package dev.troupe.runtime.placing;

import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.protocol.ClosingReply;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.Promise;
import dev.troupe.runtime.resource.WriteReply;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Answers whoever tells a partition something that has just ended here: he looked for it before it
/// left, and would wait for his deadline.
final class Undelivered {

  private static final String WHY = "the partition has moved to another member";

  private Undelivered() {}

  static Behavior<DeadLetter> create() {
    return Behaviors.setup(context -> {
      context
          .getSystem()
          .eventStream()
          .tell(new EventStream.Subscribe<>(DeadLetter.class, context.getSelf()));
      return Behaviors.receiveMessage(letter -> {
        if (letter.message() instanceof PartitionMessage.Request request) {
          answer(request);
        }
        return Behaviors.same();
      });
    });
  }

  /// Nothing has been done about it, and nothing will be.
  private static void answer(PartitionMessage.Request request) {
    switch (request) {
      case PartitionMessage.Write write ->
          write
              .replyTo()
              .tell(
                  new WriteReply.Refused(Refusal.unavailable(WHY + "; the write was not stored")));
      case PartitionMessage.Ask ask -> ask.replyTo().tell(new Promise.Denied(WHY, true));
      case PartitionMessage.CloseNamespace close ->
          close.replyTo().tell(new ClosingReply.NotNow(WHY));
      // Whoever follows hears that it has ended.
      case PartitionMessage.Follow _,
          PartitionMessage.Credit _,
          PartitionMessage.Unfollow _,
          PartitionMessage.Wake _,
          PartitionMessage.Leave _,
          // Whoever has opened a later epoch asks again.
          PartitionMessage.GiveUp _ -> {}
    }
  }
}
