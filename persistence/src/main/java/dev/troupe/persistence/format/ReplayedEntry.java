package dev.troupe.persistence.format;

/// An entry of a log as far as what the log folds to needs it: an event without its content, or
/// anything else whole.
public sealed interface ReplayedEntry permits EventHeader, LogEntry {}
