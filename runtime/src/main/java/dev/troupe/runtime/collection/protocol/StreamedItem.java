package dev.troupe.runtime.collection.protocol;

/// An item on its way to one follower.
///
/// @param attempt the attempt to follow that it belongs to
/// @param sent how many changes have been sent in this attempt, this one included
public record StreamedItem(long attempt, long sent, StreamItem item) {}
