package dev.troupe.testkit.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/// Delivers messages one at a time: in order within a mailbox, in a seeded order among mailboxes.
final class MessageSchedule {

  /// The messages to one receiver, in order.
  static final class Mailbox {
    private final Deque<Runnable> messages = new ArrayDeque<>();

    boolean isEmpty() {
      return messages.isEmpty();
    }

    void clear() {
      messages.clear();
    }
  }

  private final RandomGenerator random;
  private final List<Mailbox> waiting = new ArrayList<>();
  private long delivered;

  MessageSchedule(RandomGenerator random) {
    this.random = random;
  }

  void tell(Mailbox mailbox, Runnable message) {
    if (mailbox.messages.isEmpty()) {
      waiting.remove(mailbox);
      waiting.add(mailbox);
    }
    mailbox.messages.add(message);
  }

  /// Delivers one message.
  ///
  /// @return false if there is none
  boolean step() {
    while (!waiting.isEmpty()) {
      int index = random.nextInt(waiting.size());
      var mailbox = waiting.get(index);
      var message = mailbox.messages.poll();
      if (mailbox.messages.isEmpty()) {
        waiting.remove(index);
      }
      if (message != null) {
        delivered++;
        message.run();
        return true;
      }
    }
    return false;
  }

  long delivered() {
    return delivered;
  }
}
