package dev.troupe.resources.kind.service;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.claim.Claim;
import dev.troupe.resources.claim.Owner;
import dev.troupe.resources.claim.Pool;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// The node ports of services: whoever creates the object that is named like a number has it. The
/// objects are Troupe's own; the API does not show them.
record NodePortPool() implements Pool {

  static final int FIRST = 30_000;
  static final int LAST = 32_767;

  private static final TypeRef NODE_PORTS = new TypeRef("internal.troupe.dev", "nodeports");

  /// The numbers below are left for those that are asked for.
  private static final int FIRST_RANDOM = 30_086;

  @Override
  public String name() {
    return "node-port";
  }

  @Override
  public TypeRef type() {
    return NODE_PORTS;
  }

  /// The first free number from a random one on, those left for others last.
  @Override
  public Optional<String> free(Predicate<String> taken, RandomGenerator random) {
    int size = LAST - FIRST_RANDOM + 1;
    int start = random.nextInt(size);
    for (int i = 0; i < size; i++) {
      var number = Integer.toString(FIRST_RANDOM + (start + i) % size);
      if (!taken.test(number)) {
        return Optional.of(number);
      }
    }
    for (int port = FIRST_RANDOM - 1; port >= FIRST; port--) {
      var number = Integer.toString(port);
      if (!taken.test(number)) {
        return Optional.of(number);
      }
    }
    return Optional.empty();
  }

  @Override
  public String exhausted() {
    return "no free node port was found in " + FIRST + "-" + LAST;
  }

  @Override
  public FieldErrors taken(Claim claim) {
    var errors = new FieldErrors();
    errors.invalid(
        claim.field(), Integer.parseInt(claim.thing()), "provided port is already allocated");
    return errors;
  }

  @Override
  public ObjectNode claim(String thing, Owner owner) {
    var claim = Json.object().put("apiVersion", "internal.troupe.dev/v1").put("kind", "NodePort");
    claim.putObject("metadata").put("name", thing);
    claim
        .putObject("spec")
        .put("namespace", owner.key().namespace())
        .put("service", owner.key().name())
        .put("uid", owner.uid());
    return claim;
  }

  @Override
  public boolean isOf(Owner owner, ObjectNode claim) {
    return Json.text(Json.object(claim, "spec"), "uid").equals(owner.uid());
  }
}
