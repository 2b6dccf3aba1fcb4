package dev.troupe.runtime.placing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.collection.protocol.ClosingReply;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.Promise;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.logic.Writes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whoever finds a partition and tells it something after it has gone.
class UndeliveredTest {

  private static final ActorTestKit KIT = ActorTestKit.create("undelivered");

  @BeforeAll
  static void start() throws Exception {
    KIT.spawn(Undelivered.create());
    awaitSubscription();
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static void awaitSubscription() throws Exception {
    var gone = gone();
    while (true) {
      try {
        write(gone).get(20, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException _) {
        // It does not listen yet.
      }
    }
  }

  private static ActorRef<PartitionMessage> gone() throws InterruptedException {
    var ended = new CountDownLatch(1);
    var ref =
        KIT.<PartitionMessage>spawn(
            Behaviors.receive(
                (_, _) -> Behaviors.stopped(ended::countDown), (_, _) -> Behaviors.same()));
    ref.tell(new PartitionMessage.Leave());
    ended.await();
    return ref;
  }

  private static CompletableFuture<WriteReply> write(ActorRef<PartitionMessage> partition) {
    var answer = new CompletableFuture<WriteReply>();
    var request = Writes.at(Instant.EPOCH).create("a", "1");
    partition.tell(new PartitionMessage.Write(request, answer::complete));
    return answer;
  }

  @Test
  void writeToAPartitionThatHasGoneWasCertainlyNotStored() throws Exception {
    assertThat(write(gone()).get(5, TimeUnit.SECONDS).isNotStored()).isTrue();
  }

  @Test
  void whatIsInItsQueueWhenItEndsIsAnsweredToo() throws Exception {
    var full = new CountDownLatch(1);
    var partition =
        KIT.<PartitionMessage>spawn(
            Behaviors.receiveMessage(_ -> {
              full.await();
              return Behaviors.stopped();
            }));
    partition.tell(new PartitionMessage.Leave());
    var write = write(partition);
    full.countDown();

    assertThat(write.get(5, TimeUnit.SECONDS).isNotStored()).isTrue();
  }

  @Test
  void whoeverClosesANamespaceHearsThatItIsNotClosed() throws Exception {
    var answer = new CompletableFuture<ClosingReply>();
    gone()
        .tell(new PartitionMessage.CloseNamespace("uid", Duration.ofMinutes(2), answer::complete));

    assertThat(answer.get(5, TimeUnit.SECONDS)).isInstanceOf(ClosingReply.NotNow.class);
  }

  @Test
  void readerIsDenied() throws Exception {
    var answer = new CompletableFuture<Promise>();
    gone().tell(new PartitionMessage.Ask(0, answer::complete));

    assertThat(answer.get(5, TimeUnit.SECONDS)).isInstanceOf(Promise.Denied.class);
  }
}
