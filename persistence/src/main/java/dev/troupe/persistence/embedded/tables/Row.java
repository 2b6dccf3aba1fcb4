package dev.troupe.persistence.embedded.tables;

/// A change of one row of the tables.
public sealed interface Row {

  byte[] key();

  record Put(byte[] key, byte[] value) implements Row {}

  record Delete(byte[] key) implements Row {}
}
