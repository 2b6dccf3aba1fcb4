package dev.troupe.runtime.collection.waiting;

import dev.troupe.api.resource.ResourceKey;

/// The unanswered writes of one resource, and the child that decides them.
final class Lane {

  static final long ASLEEP = 0;

  private final ResourceKey key;
  private long child = ASLEEP;
  private int unanswered;
  private long idleSince;

  Lane(ResourceKey key) {
    this.key = key;
  }

  ResourceKey key() {
    return key;
  }

  long child() {
    return child;
  }

  void wake(long newChild) {
    child = newChild;
  }

  void sleep() {
    child = ASLEEP;
  }

  boolean isAwake() {
    return child != ASLEEP;
  }

  int unanswered() {
    return unanswered;
  }

  void enter() {
    unanswered++;
  }

  void leave() {
    unanswered--;
  }

  long idleSince() {
    return idleSince;
  }

  void idle(long now) {
    idleSince = now;
  }
}
