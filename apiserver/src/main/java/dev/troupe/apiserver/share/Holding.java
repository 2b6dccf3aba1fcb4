package dev.troupe.apiserver.share;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What one request has of the shares, from its head until its answer has been taken. To be used on
/// one thread.
public final class Holding {

  private final Shares shares;
  private final Executor thread;
  private @Nullable Gate unknown;
  private @Nullable Visit place;
  private @Nullable Visit answer;
  private long bodyBytes;

  /// @param thread the one that uses it
  public Holding(Shares shares, Executor thread) {
    this.shares = shares;
    this.thread = thread;
  }

  /// As one without credentials, until the end.
  public boolean enterUnknown() {
    if (!shares.unknown().enter()) {
      return false;
    }
    unknown = shares.unknown();
    return true;
  }

  /// Room for a part of the body, until it has been carried out.
  public boolean takeBody(int bytes) {
    if (!shares.bodies().enter(bytes)) {
      return false;
    }
    bodyBytes += bytes;
    return true;
  }

  /// The place where it is carried out, still to be taken.
  ///
  /// @param gate that of reads or that of writes
  /// @param who takes turns with others
  public Visit place(Gate gate, String who, Runnable work) {
    place = new Visit(gate, 1, who, thread, work);
    return place;
  }

  /// The room for a long answer, still to be taken, until the end. The place is given up: whoever
  /// waits for room holds up nobody.
  ///
  /// @param send runs when there is room
  public Visit answer(long bytes, String who, Runnable send) {
    leavePlace();
    answer = new Visit(shares.answers(), bytes, who, thread, send);
    return answer;
  }

  private void leavePlace() {
    if (place != null) {
      place.end();
      place = null;
    }
  }

  /// The answer is known: what carrying out has taken is given back.
  public void answered() {
    leavePlace();
    shares.bodies().leave(bodyBytes);
    bodyBytes = 0;
  }

  /// Everything is given back, once.
  public void end() {
    answered();
    if (answer != null) {
      answer.end();
      answer = null;
    }
    if (unknown != null) {
      unknown.leave();
      unknown = null;
    }
  }
}
