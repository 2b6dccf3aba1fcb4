package dev.troupe.runtime.resource.logic;

/// What a resource makes of a write: an answer at once, or an event that still needs its version.
public sealed interface Decision permits ResourceEffect.Answer, Draft {}
