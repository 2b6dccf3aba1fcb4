package dev.troupe.testkit.experiment.observer;

/// That a member lost what it had, because something was done to it.
///
/// @param micros since the run began
public record MemberLoss(String member, long micros) {}
