package dev.troupe.testkit.experiment.witness;

import dev.troupe.testkit.audit.Observation.EventType;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.ApiCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Asks, when all is quiet, for everything that has happened since some moments of before.
final class PastWitness {

  private static final int MOST = 4;
  private static final int SECONDS = 2;

  private final List<ApiCalls> servers;
  private final LongSupplier nanos;

  PastWitness(List<ApiCalls> servers, LongSupplier nanos) {
    this.servers = List.copyOf(servers);
    this.nanos = nanos;
  }

  /// Each time of another server, one after the other; nothing of what was not answered.
  List<AskedPast> ask(CollectionWitness witness) {
    var checkpoints = new ArrayList<>(witness.checkpoints().entrySet());
    var asked = new ArrayList<AskedPast>();
    int count = Math.min(MOST, checkpoints.size());
    for (int i = 0; i < count; i++) {
      var since = checkpoints.get(i * checkpoints.size() / count);
      ask(witness, servers.get(i % servers.size()), since).ifPresent(asked::add);
    }
    return asked;
  }

  private Optional<AskedPast> ask(
      CollectionWitness witness, ApiCalls api, Map.Entry<Long, Map<String, WitnessedState>> since) {
    try {
      var list = api.get(witness.collection().path());
      if (list.code() != 200) {
        return Optional.empty();
      }
      long until = WitnessedState.version(list.body());
      long after = since.getKey();
      var shown =
          witness.changes().stream()
              .filter(change -> change.state().version() > after)
              .filter(change -> change.state().version() <= until)
              .toList();
      var now = CollectionWitness.states(witness.collection(), list.body());
      var changes = new ArrayList<ObjectChange>();
      long last = last(after, now.values(), shown);
      boolean expired = read(witness.collection(), api, after, last, changes);
      changes.removeIf(change -> change.state().version() > until);
      return Optional.of(
          new AskedPast(
              witness.collection().name(),
              after,
              since.getValue(),
              expired,
              changes,
              shown,
              until,
              now));
    } catch (IOException | UncheckedIOException | IllegalStateException unanswered) {
      return Optional.empty();
    }
  }

  private static long last(long after, Collection<WitnessedState> now, List<ObjectChange> shown) {
    return Stream.concat(now.stream(), shown.stream().map(ObjectChange::state))
        .mapToLong(WitnessedState::version)
        .reduce(after, Math::max);
  }

  /// Until the last change that is known of has come, or no more come.
  ///
  /// @param changes get what is told
  /// @return whether it is gone
  private boolean read(
      WatchedCollection collection, ApiCalls api, long after, long last, List<ObjectChange> changes)
      throws IOException {
    long position = after;
    int before;
    do {
      before = changes.size();
      if (!readOn(collection, api, position, last, changes)) {
        return true;
      }
      position = changes.isEmpty() ? position : changes.getLast().state().version();
    } while (position < last && changes.size() > before);
    return false;
  }

  /// @return whether it is there
  private boolean readOn(
      WatchedCollection collection, ApiCalls api, long after, long last, List<ObjectChange> changes)
      throws IOException {
    var path =
        collection.with(
            "watch=true&timeoutSeconds=%d&resourceVersion=%d".formatted(SECONDS, after));
    try (var lines =
        new BufferedReader(new InputStreamReader(api.watch(path), StandardCharsets.UTF_8))) {
      long position = after;
      for (var line = lines.readLine();
          line != null;
          line = position < last ? lines.readLine() : null) {
        var event = Api.JSON.readTree(line);
        var type = event.path("type").asString("");
        if (type.equals("ERROR")) {
          return false;
        }
        var state = WitnessedState.of(event.path("object"), collection.facts());
        changes.add(new ObjectChange(EventType.valueOf(type), state, nanos.getAsLong()));
        position = state.version();
      }
      return true;
    } catch (Api.RefusedWatchException refused) {
      if (refused.isExpired()) {
        return false;
      }
      throw refused;
    }
  }
}
