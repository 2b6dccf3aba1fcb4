package dev.troupe.testkit.load.object;

import dev.troupe.testkit.audit.ClientHistory;
import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.ApiCalls;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// A client that renews a lease of its own, as those do of whom one leads: it replaces the version
/// that it has seen, and reads the lease again if it does not know what became of that. For one
/// thread.
public final class LeaseClient {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final int SECONDS = 15;

  private final ApiCalls api;
  private final ObjectRecorder recorder;
  private final InstantSource clock;
  private final Supplier<String> values;
  private final String leases;
  private final String name;

  /// The version that is renewed next; 0 if it is to be read.
  private long seen;

  /// @param history of leases alone
  /// @param nanos a clock that only rises
  /// @param clock what the lease says of when it was renewed
  /// @param values each different from all others
  public LeaseClient(
      ApiCalls api,
      ClientHistory history,
      LongSupplier nanos,
      InstantSource clock,
      Supplier<String> values,
      String namespace,
      String name) {
    this.api = api;
    this.recorder =
        new ObjectRecorder(
            history,
            nanos,
            lease -> lease.path("spec").path("holderIdentity").asString(""),
            LeaseClient::version);
    this.clock = clock;
    this.values = values;
    this.leases = "/apis/coordination.k8s.io/v1/namespaces/%s/leases".formatted(namespace);
    this.name = name;
  }

  private static long version(JsonNode lease) {
    return Long.parseLong(lease.path("metadata").path("resourceVersion").asString("0"));
  }

  /// Makes the lease.
  ///
  /// @throws IllegalStateException if it is not made
  public void create() {
    var value = values.get();
    var done = recorder.send(Kind.CREATE, name, value, 0, () -> api.post(leases, body(value, 0)));
    if (done.outcome() != Outcome.DONE) {
      throw new IllegalStateException("the load cannot begin: lease " + name + ": " + done);
    }
    seen = done.version();
  }

  /// Renews it once.
  public void renew() {
    if (seen == 0) {
      seen = recorder.send(Kind.GET, name, "", 0, () -> api.get(path())).version();
    }
    if (seen != 0) {
      var value = values.get();
      long version = seen;
      seen = recorder.send(Kind.UPDATE, name, value, version, () -> put(value, version)).version();
    }
  }

  private Api.Answer put(String value, long version) {
    return api.send("PUT", path(), body(value, version), "application/json");
  }

  private String path() {
    return leases + "/" + name;
  }

  private String body(String value, long version) {
    var lease =
        Api.JSON
            .createObjectNode()
            .put("apiVersion", "coordination.k8s.io/v1")
            .put("kind", "Lease");
    var metadata = lease.putObject("metadata").put("name", name);
    if (version != 0) {
      metadata.put("resourceVersion", Long.toString(version));
    }
    lease
        .putObject("spec")
        .put("holderIdentity", value)
        .put("leaseDurationSeconds", SECONDS)
        .put("renewTime", MICROS.format(clock.instant()));
    return lease.toString();
  }
}
