package dev.troupe.testkit.experiment.record;

/// Something that was to be and was not.
///
/// @param why as the machine said it
public record LeftOut(String what, String why) {}
