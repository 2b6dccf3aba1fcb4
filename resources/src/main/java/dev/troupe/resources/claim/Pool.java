package dev.troupe.resources.claim;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.validation.FieldErrors;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// Things of which there is only one each, such as addresses: whoever creates the resource that is
/// named like a thing has it.
public interface Pool {

  /// On whose behalf things are claimed and given back.
  String name();

  /// The type of the resources that claim.
  TypeRef type();

  /// A thing that is not taken, found from a random beginning on; empty if there is none.
  Optional<String> free(Predicate<String> taken, RandomGenerator random);

  /// What to say when none is free.
  String exhausted();

  /// Why nobody may have what is asked for; no errors if somebody may.
  default FieldErrors unfit(Claim claim) {
    return new FieldErrors();
  }

  /// That somebody else has it.
  FieldErrors taken(Claim claim);

  /// The resource that claims a thing, in the stored version of its type.
  ObjectNode claim(String thing, Owner owner);

  /// Whether it is for this owner that such a resource claims something.
  boolean isOf(Owner owner, ObjectNode claim);
}
