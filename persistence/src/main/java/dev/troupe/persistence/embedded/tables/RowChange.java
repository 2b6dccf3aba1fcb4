package dev.troupe.persistence.embedded.tables;

/// A change of one row of the tables.
public sealed interface RowChange {

  byte[] key();

  record Put(byte[] key, byte[] value) implements RowChange {}

  record Delete(byte[] key) implements RowChange {}
}
