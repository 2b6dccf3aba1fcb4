package dev.troupe.apiserver.write;

import dev.troupe.apiserver.admission.AddressClaims;
import dev.troupe.apiserver.admission.NodePortClaims;
import dev.troupe.apiserver.admission.NodePortClaims.Claim;
import dev.troupe.apiserver.admission.NodePortClaims.Claimant;
import dev.troupe.apiserver.admission.NodePortNeed;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.status.RefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Claims all that a service needs, or nothing.
public final class ServiceClaims {

  private final AddressClaims addresses;
  private final NodePortClaims ports;

  public ServiceClaims(AddressClaims addresses, NodePortClaims ports) {
    this.addresses = addresses;
    this.ports = ports;
  }

  /// @param address null if none is needed, empty if any will do
  record Wanted(@Nullable String address, List<NodePortNeed> ports) {

    boolean nothing() {
      return address == null && ports.isEmpty();
    }
  }

  private record Port(NodePortNeed need, Claim claim) {}

  /// What was claimed.
  ///
  /// @param address empty if none
  record Taken(String address, List<Port> ports) {

    /// Writes it into the service.
    void fill(ObjectNode service) {
      var spec = (ObjectNode) service.path("spec");
      if (!address.isEmpty()) {
        spec.put("clusterIP", address);
        spec.putArray("clusterIPs").add(address);
      }
      var numbers = new HashMap<Integer, Integer>();
      ports.forEach(port -> numbers.putIfAbsent(port.need.port(), port.claim.port()));
      NodePortNeed.fill(spec, numbers);
    }

    private List<Claim> claims() {
      return ports.stream().map(Port::claim).toList();
    }
  }

  /// Fails with [RefusedException] if something cannot be had. What was claimed until then is given
  /// back.
  CompletionStage<Taken> take(Ask ask, Claimant claimant, Wanted wanted) {
    return takeAddress(wanted.address, claimant)
        .thenCompose(address ->
            takePorts(ask, claimant, wanted.ports, new Taken(address, new ArrayList<>())));
  }

  private CompletionStage<String> takeAddress(@Nullable String address, Claimant claimant) {
    if (address == null) {
      return CompletableFuture.completedFuture("");
    }
    try {
      return address.isEmpty()
          ? addresses.claimAny(claimant.service(), claimant.now(), claimant.deadline())
          : addresses.claim(address, claimant.service(), claimant.now(), claimant.deadline());
    } catch (RefusedException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private CompletionStage<Taken> takePorts(
      Ask ask, Claimant claimant, List<NodePortNeed> needs, Taken taken) {
    CompletionStage<Taken> done = CompletableFuture.completedFuture(taken);
    for (var need : needs) {
      done =
          done.thenCompose(_ -> ports.claim(need, claimant))
              .thenApply(claim -> {
                taken.ports.add(new Port(need, claim));
                return taken;
              });
    }
    return done.exceptionallyCompose(
        failure -> giveBack(ask, taken).thenCompose(_ -> CompletableFuture.failedStage(failure)));
  }

  /// Completes when all is given back that could be.
  CompletionStage<Void> giveBack(Ask ask, Taken taken) {
    return giveBackAll(ask, taken.address, taken.claims());
  }

  /// @param address empty if none
  CompletionStage<Void> giveBackAll(Ask ask, String address, Collection<Claim> claims) {
    var call = ask.call();
    var all = new ArrayList<CompletionStage<?>>();
    if (!address.isEmpty()) {
      all.add(addresses.release(address, call.received(), call.deadline()));
    }
    claims.forEach(claim -> all.add(ports.release(claim, call.received(), call.deadline())));
    return CompletableFuture.allOf(
            all.stream()
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new))
        .exceptionally(_ -> null);
  }

  /// Which of these node ports the service with this uid has.
  CompletionStage<List<Claim>> held(Collection<Integer> numbers, String uid) {
    return numbers.isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : ports.held(numbers, uid);
  }
}
