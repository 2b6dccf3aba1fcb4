package dev.troupe.resources.validation;

import java.util.Optional;

/// What the names of objects must look like.
@FunctionalInterface
public interface NameRule {

  /// What is wrong with a name; empty if it is fine.
  Optional<String> check(String name);
}
