package dev.troupe.testkit.load;

import dev.troupe.testkit.audit.RecordingApi;

/// A client that reads an object, and then updates the version that it has seen, again and again.
/// Of several who have seen the same, one is taken; that the others are refused is no fault.
final class HotClient implements LoadClients.Request {

  private static final String CONFLICT = "409 ";

  private final LoadClients clients;
  private final RecordingApi api;
  private final LoadSettings.Namespace namespace;
  private final String key;

  /// What is updated next; 0 if it is to be read.
  private long seen;

  HotClient(
      LoadClients clients, PatientClient client, LoadSettings.Namespace namespace, String key) {
    this.clients = clients;
    this.api = clients.recording(client);
    this.namespace = namespace;
    this.key = key;
  }

  /// Of what went wrong, what is a fault.
  static String fault(String said) {
    return said.startsWith(CONFLICT) ? "" : said;
  }

  @Override
  public String ask() {
    if (seen == 0) {
      seen = api.get(key).version();
    } else {
      var _ = api.update(key, clients.nextValue(), seen);
      seen = 0;
    }
    return namespace.partition();
  }
}
