package dev.troupe.clusterconfig.proxy;

import java.time.Duration;

/// How much a front door holds, and for how long.
///
/// @param connections how many clients at once; whoever comes then is sent away
/// @param bytes how much of one connection is held in each direction
/// @param probePause how long until a member is asked again whether it serves
/// @param answer a member that has shown no sign of life for this long after it was asked is left
///   for another, by whoever has had no answer yet
/// @param opening how long a client may take to say its first word
/// @param silence connections to a member that has been silent for this long are ended
/// @param farewell how long the one side of a connection stays open without a byte when the other
///   has ended
public record DoorLimits(
    int connections,
    int bytes,
    Duration probePause,
    Duration answer,
    Duration opening,
    Duration silence,
    Duration farewell) {

  /// 1,000 connections that are all stuck hold 32 MB.
  public static final DoorLimits STANDARD =
      new DoorLimits(
          1_000,
          1 << 14,
          Duration.ofMillis(200),
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofSeconds(10));
}
