package dev.troupe.testkit.load;

import dev.troupe.testkit.audit.ClientHistory;
import dev.troupe.testkit.load.object.DeploymentClient;
import dev.troupe.testkit.load.object.LeaseClient;
import dev.troupe.testkit.process.Api;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Writers of one object each, readers of one object each, and for each endpoint a lister and a
/// watcher of the whole collection. Everybody begins each request when it is due, or as soon as the
/// one before is over: it counts from when it was due. All that they see is recorded.
public final class OpenLoad implements AutoCloseable {

  private final List<AskedServer> endpoints;
  private final LoadSettings settings;
  private final LoadClients clients;

  private OpenLoad(List<AskedServer> endpoints, LoadSettings settings) {
    this.endpoints = List.copyOf(endpoints);
    this.settings = settings;
    this.clients = new LoadClients(endpoints, settings.name());
  }

  /// Creates the namespaces and objects, and begins.
  public static OpenLoad start(List<AskedServer> endpoints, LoadSettings settings) {
    var load = new OpenLoad(endpoints, settings);
    load.clients.createNamespaces(settings.namespaces());
    load.clients.create(load.subjects().stream().map(Subject::key).toList());
    load.begin();
    return load;
  }

  private record Subject(String key, LoadSettings.Namespace namespace, AskedServer endpoint) {}

  /// One object for each namespace and endpoint.
  private List<Subject> subjects() {
    var subjects = new ArrayList<Subject>();
    for (var namespace : settings.namespaces()) {
      for (var endpoint : endpoints) {
        subjects.add(new Subject(key(namespace, endpoint.number()), namespace, endpoint));
      }
    }
    return subjects;
  }

  private String key(LoadSettings.Namespace namespace, int endpoint) {
    return clients.key(namespace, Integer.toString(endpoint));
  }

  private void begin() {
    var subjects = subjects();
    if (settings.writesPerSecond() > 0) {
      var writes = Rhythm.shared(settings.writesPerSecond(), subjects.size());
      for (int i = 0; i < subjects.size(); i++) {
        write(subjects.get(i), writes.from(i, subjects.size()));
      }
    }
    if (settings.readsPerSecond() > 0) {
      var reads = Rhythm.shared(settings.readsPerSecond(), subjects.size());
      for (int i = 0; i < subjects.size(); i++) {
        read(subjects.get(i), reads.from(i, subjects.size()));
      }
    }
    for (var endpoint : endpoints) {
      clients.list(
          "list " + endpoint.number(), endpoint.number(), Rhythm.every(settings.listEvery()));
      clients.watch("watch " + endpoint.number(), endpoint.number(), Duration.ZERO);
    }
  }

  private void write(Subject subject, Rhythm rhythm) {
    var client = clients.client(subject.endpoint().number());
    var api = clients.recording(client);
    clients.repeat(
        "write " + subject.key(),
        client,
        rhythm,
        () -> {
          var _ = api.patch(subject.key(), clients.nextValue());
          return subject.namespace().partition();
        });
  }

  private void read(Subject subject, Rhythm rhythm) {
    var client = clients.client(subject.endpoint().number());
    read("read ", subject.key(), subject.namespace(), client, rhythm);
  }

  private void read(
      String verb,
      String key,
      LoadSettings.Namespace namespace,
      PatientClient client,
      Rhythm rhythm) {
    var api = clients.recording(client);
    clients.repeat(
        verb + key,
        client,
        rhythm,
        () -> {
          var _ = api.get(key);
          return namespace.partition();
        });
  }

  /// Lets one more client, which is pinned to an endpoint, read an object of a partition without
  /// ever changing to another endpoint.
  public void readPinned(int endpoint, LoadSettings.Namespace namespace, Duration every) {
    var client = new PatientClient(List.of(endpoints.get(endpoint)), 0);
    read("pinned ", key(namespace, endpoint), namespace, client, Rhythm.every(every));
  }

  /// Lets some more clients fight for one more object of a namespace: each reads it, and then
  /// updates the version that it has seen. Of those who have seen the same, one is taken; the
  /// others are refused, which is no fault.
  public void contend(LoadSettings.Namespace namespace, int count, int perSecond) {
    var key = clients.key(namespace, "hot");
    clients.create(List.of(key));
    var rhythm = Rhythm.shared(perSecond, count);
    for (int i = 0; i < count; i++) {
      var client = clients.client(i);
      clients.repeat(
          "contend " + key + "." + i,
          client,
          HotClient::fault,
          rhythm.from(i, count),
          new HotClient(clients, client, namespace, key));
    }
  }

  /// Lets some more clients create, read, replace, change and delete objects, as chance will have
  /// it.
  ///
  /// @param namespaces of the objects
  /// @param objects how many names there are for them
  /// @param random what each client's chance is made of
  public void mix(
      List<LoadSettings.Namespace> namespaces,
      int objects,
      int count,
      int perSecond,
      Random random) {
    clients.createNamespaces(namespaces);
    var rhythm = Rhythm.shared(perSecond, count);
    for (int i = 0; i < count; i++) {
      var client = clients.client(i);
      var mixing = new MixingClient(clients, client, namespaces, objects, random.nextLong());
      clients.repeat(
          "mix " + settings.name() + "." + i,
          client,
          MixingClient::fault,
          rhythm.from(i, count),
          mixing);
    }
  }

  /// Lets some more clients go round namespaces, in each of which they change and read an object.
  public void walk(List<LoadSettings.Namespace> namespaces, int count, int perSecond) {
    clients.createNamespaces(namespaces);
    clients.create(
        namespaces.stream().map(namespace -> WalkingClient.key(clients, namespace)).toList());
    var rhythm = Rhythm.shared(perSecond, count);
    for (int i = 0; i < count; i++) {
      var client = clients.client(i);
      clients.repeat(
          "walk " + settings.name() + "." + i,
          client,
          rhythm.from(i, count),
          new WalkingClient(clients, client, namespaces, i, count));
    }
  }

  /// Lets some more clients list and watch the whole collection.
  ///
  /// @param every between two lists of one client
  public void listAndWatch(int count, Duration every) {
    for (int i = 0; i < count; i++) {
      var name = settings.name() + ".more." + i;
      clients.list("list " + name, i, Rhythm.every(every));
      clients.watch("watch " + name, i, Duration.ZERO);
    }
  }

  /// Lets some more clients watch the whole collection, which are disconnected and go on where they
  /// were.
  ///
  /// @param every between two times that one is disconnected
  public void reconnect(int count, Duration every) {
    for (int i = 0; i < count; i++) {
      clients.watch("watch " + settings.name() + ".again." + i, i, every);
    }
  }

  /// Lets some more clients each renew a lease of its own.
  ///
  /// @param namespaces of the leases
  /// @param every between two renewals of one
  /// @param clock what leases say of when they were renewed
  public void renew(
      List<LoadSettings.Namespace> namespaces, int count, Duration every, InstantSource clock) {
    clients.createNamespaces(namespaces);
    var rhythm = Rhythm.every(every);
    for (int i = 0; i < count; i++) {
      var client = clients.client(i);
      var namespace = namespaces.get(i % namespaces.size());
      var name = namespace.name() + "." + i;
      var lease =
          new LeaseClient(
              client,
              clients.history("leases"),
              System::nanoTime,
              clock,
              clients::nextValue,
              namespace.name(),
              name);
      lease.create();
      clients.repeat(
          "lease " + name,
          client,
          rhythm.from(i, count),
          () -> {
            lease.renew();
            return namespace.partition();
          });
    }
  }

  /// Lets one more client change deployments, one after the other, and another one look at them.
  ///
  /// @param namespaces of the deployments
  /// @param every between two changes
  public void deploy(List<LoadSettings.Namespace> namespaces, int count, Duration every) {
    clients.createNamespaces(namespaces);
    var turn = Rhythm.every(every.multipliedBy(count));
    for (int i = 0; i < count; i++) {
      var namespace = namespaces.get(i % namespaces.size());
      var changer = clients.client(i);
      var deployment = deployment(changer, namespace, i);
      deployment.create();
      repeat("deploy ", i, changer, namespace, turn.from(i, count), deployment::change);
      var looker = clients.client(i + 1);
      var looked = deployment(looker, namespace, i);
      repeat("look ", i, looker, namespace, turn.from(i, count), looked::read);
    }
  }

  private DeploymentClient deployment(
      PatientClient client, LoadSettings.Namespace namespace, int number) {
    return new DeploymentClient(
        client,
        clients.history("deployments " + number),
        System::nanoTime,
        clients::nextNumber,
        namespace.name(),
        "deployment-" + number);
  }

  private void repeat(
      String verb,
      int number,
      PatientClient client,
      LoadSettings.Namespace namespace,
      Rhythm rhythm,
      Runnable what) {
    clients.repeat(
        verb + namespace.name() + "." + number,
        client,
        rhythm,
        () -> {
          what.run();
          return namespace.partition();
        });
  }

  /// Something happens that ends the past, as a database that another one takes over from: once
  /// from now on each watcher may be told that what it would go on from is gone. It lists anew
  /// then; where nothing has happened it cannot go on.
  public void pastMayEnd() {
    clients.pastMayEnd();
  }

  /// All that clients have done and seen of config maps, for the audit.
  public ClientHistory history() {
    return clients.history();
  }

  /// The same of everything whose versions can be compared; of config maps first.
  public List<ClientHistory> histories() {
    return clients.histories();
  }

  public List<DueRequest> requests() {
    return clients.requests();
  }

  /// For how long the one of all requests has been due that has been so the longest.
  public Duration behind() {
    return clients.behind();
  }

  /// When each watcher was shown something.
  public List<Sightings> sightings() {
    return clients.sightings();
  }

  /// Ends all clients, and lists once more through each endpoint that answers, so that everything
  /// that was acknowledged has been looked for.
  ///
  /// @throws IllegalStateException if a client could not go on
  public void end() {
    clients.end();
  }

  @Override
  public void close() {
    clients.close();
  }

  /// Where clients of a server without others ask.
  public static List<AskedServer> servers(List<Api> servers) {
    var endpoints = new ArrayList<AskedServer>();
    for (var server : servers) {
      endpoints.add(new AskedServer(endpoints.size(), server));
    }
    return endpoints;
  }
}
