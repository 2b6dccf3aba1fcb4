package dev.troupe.runtime.gateway.message;

import dev.troupe.runtime.lease.MemberId;

/// What one member sends to another. No reference to an actor travels: who is meant is found by the
/// address of its member.
///
/// @param from who sends it
/// @param correlation by which the sender finds whoever waits for the answer, which carries the
///   same; 0 if nobody does
public record Letter(MemberId from, long correlation, GatewayMessage message) implements Sendable {

  /// The correlation of what nobody answers.
  public static final long NOBODY_WAITS = 0;
}
