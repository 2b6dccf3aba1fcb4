package dev.troupe.samples.database;

/// What is remembered of a database.
public sealed interface DatabaseEvent {

  record Provisioned(String at) implements DatabaseEvent {}

  record BackedUp(String due) implements DatabaseEvent {}

  record FailedOver(String to) implements DatabaseEvent {}
}
