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

/// The cluster IPs of services: whoever creates the `IPAddress` that is named like an address has
/// it.
record ServiceAddresses(AddressRange range) implements Pool {

  private static final TypeRef ADDRESSES = new TypeRef("networking.k8s.io", "ipaddresses");

  @Override
  public String name() {
    return "cluster-ip";
  }

  @Override
  public TypeRef type() {
    return ADDRESSES;
  }

  @Override
  public Optional<String> free(Predicate<String> taken, RandomGenerator random) {
    return range.free(taken, random);
  }

  @Override
  public String exhausted() {
    return "no free cluster IP was found in " + range.text();
  }

  @Override
  public FieldErrors unfit(Claim claim) {
    return range.contains(claim.thing())
        ? new FieldErrors()
        : refused(
            claim,
            "provided IP is not in the valid range. The range of valid IPs is " + range.text());
  }

  @Override
  public FieldErrors taken(Claim claim) {
    return refused(claim, "provided IP is already allocated");
  }

  private static FieldErrors refused(Claim claim, String why) {
    var errors = new FieldErrors();
    errors.invalid(
        claim.field(),
        Json.array().add(claim.thing()),
        "failed to allocate IP " + claim.thing() + ": " + why);
    return errors;
  }

  @Override
  public ObjectNode claim(String thing, Owner owner) {
    var claim = Json.object().put("apiVersion", "networking.k8s.io/v1").put("kind", "IPAddress");
    claim
        .putObject("metadata")
        .put("name", thing)
        .putObject("labels")
        .put("ipaddress.kubernetes.io/ip-family", "IPv4")
        .put("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io");
    claim
        .putObject("spec")
        .putObject("parentRef")
        .put("group", owner.key().type().group())
        .put("resource", owner.key().type().plural())
        .put("namespace", owner.key().namespace())
        .put("name", owner.key().name());
    return claim;
  }

  @Override
  public boolean isOf(Owner owner, ObjectNode claim) {
    var parent = Json.object(Json.object(claim, "spec"), "parentRef");
    return Json.text(parent, "group").equals(owner.key().type().group())
        && Json.text(parent, "resource").equals(owner.key().type().plural())
        && Json.text(parent, "namespace").equals(owner.key().namespace())
        && Json.text(parent, "name").equals(owner.key().name());
  }
}
