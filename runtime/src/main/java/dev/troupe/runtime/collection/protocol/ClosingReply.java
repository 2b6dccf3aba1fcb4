package dev.troupe.runtime.collection.protocol;

/// The answer to whoever wants creates with a namespace's uid to be over.
public sealed interface ClosingReply {

  /// They are, for good.
  record Done(String uid) implements ClosingReply {}

  /// They are not known to be: the partition is elsewhere now, or about to be. Whoever asks again
  /// does no harm.
  record NotNow(String why) implements ClosingReply {}
}
