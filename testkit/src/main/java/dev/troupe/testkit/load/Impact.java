package dev.troupe.testkit.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What a fault of one server has meant for its clients.
///
/// @param writable after how many nanoseconds the last of the objects could be written again that
///   the victim had owned, through the others; -1 if one could not be
/// @param failed how many requests failed through others about what others own, by their faults
/// @param failedOfVictim the same about what the victim owned
/// @param failedThroughVictim through the victim, whatever about
/// @param failedLists of the whole collection, through others
/// @param listStall the longest time for which no list succeeded through another server
/// @param watchStall the longest time for which a watcher of all was shown nothing through another
/// @param unavailable for each client through others, the longest time for which it had no success,
///   if that was more than a moment
public record Impact(
    long writable,
    Map<String, Integer> failed,
    Map<String, Integer> failedOfVictim,
    Map<String, Integer> failedThroughVictim,
    Map<String, Integer> failedLists,
    long listStall,
    long watchStall,
    Map<String, Long> unavailable) {

  private static final long MOMENT = 100_000_000;

  /// @param nanos when it happened, by the clock of the requests
  /// @param victim the number of the server's endpoint; negative if it is none
  /// @param owned the partitions that the victim had
  public static Impact of(
      List<DueRequest> requests,
      Collection<Sightings> watchers,
      long nanos,
      int victim,
      Set<String> owned) {
    var behind = requests.stream().filter(request -> request.end() > nanos).toList();
    var clients =
        behind.stream()
            .filter(
                request -> request.through() != victim && !request.client().startsWith("pinned"))
            .collect(Collectors.groupingBy(DueRequest::client, TreeMap::new, Collectors.toList()));
    var through = clients.values().stream().flatMap(List::stream).toList();
    var unavailable = new TreeMap<String, Long>();
    clients.forEach((client, all) -> {
      long longest = longestWait(all, nanos);
      if (longest > MOMENT) {
        unavailable.put(client, longest);
      }
    });
    return new Impact(
        writable(writes(requests, victim, owned, nanos), nanos),
        faults(through, request -> isOfOne(request) && !owned.contains(request.subject())),
        faults(through, request -> owned.contains(request.subject())),
        faults(behind, request -> request.through() == victim),
        faults(through, request -> !isOfOne(request)),
        clients.entrySet().stream()
            .filter(client -> client.getKey().startsWith("list"))
            .mapToLong(client -> longestWait(client.getValue(), nanos))
            .max()
            .orElse(0),
        watchers.stream()
            .filter(watcher -> watcher.endpoint() != victim)
            .mapToLong(watcher -> watcher.longestGapBehind(nanos))
            .max()
            .orElse(0),
        unavailable);
  }

  private static boolean isOfOne(DueRequest request) {
    return !request.subject().isEmpty();
  }

  /// By client through others: also those that have not written again yet are waited for. Who asked
  /// the victim when it happened is none of them, wherever it was sent when that was away before.
  private static Map<String, List<DueRequest>> writes(
      List<DueRequest> requests, int victim, Set<String> owned, long nanos) {
    var writes =
        requests.stream()
            .filter(request -> request.client().startsWith("write"))
            .filter(request -> owned.contains(request.subject()))
            .toList();
    var last = new HashMap<String, DueRequest>();
    writes.stream()
        .filter(request -> request.start() <= nanos)
        .forEach(request ->
            last.merge(
                request.client(),
                request,
                (one, other) -> one.start() > other.start() ? one : other));
    var throughVictim =
        last.values().stream()
            .filter(request -> request.through() == victim)
            .map(DueRequest::client)
            .collect(Collectors.toSet());
    return writes.stream()
        .filter(request -> request.through() != victim && !throughVictim.contains(request.client()))
        .collect(Collectors.groupingBy(DueRequest::client));
  }

  private static long writable(Map<String, List<DueRequest>> writes, long nanos) {
    long last = -1;
    for (var ofOne : writes.values()) {
      var first =
          ofOne.stream()
              .filter(request -> request.succeeded() && request.start() > nanos)
              .mapToLong(DueRequest::end)
              .min();
      if (first.isEmpty()) {
        return -1;
      }
      last = Math.max(last, first.getAsLong() - nanos);
    }
    return last;
  }

  /// From when the first of those was due that did not succeed at once, to the next success.
  private static long longestWait(List<DueRequest> ofOne, long nanos) {
    long longest = 0;
    long since = -1;
    for (var request : ofOne) {
      since = since < 0 ? Math.max(nanos, request.due()) : since;
      longest = Math.max(longest, request.end() - since);
      since = request.succeeded() ? -1 : since;
    }
    return longest;
  }

  /// @return how many of some requests failed, by who asked for what and how it failed
  public static Map<String, Integer> faults(
      List<DueRequest> requests, Predicate<DueRequest> which) {
    var faults = new TreeMap<String, Integer>();
    requests.stream()
        .filter(request -> !request.succeeded() && which.test(request))
        .forEach(request ->
            faults.merge(request.client().split(" ")[0] + " " + request.fault(), 1, Integer::sum));
    return faults;
  }

  /// For people.
  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("writable again after " + millis(writable) + " ms");
    lines.add("failed elsewhere " + failed + ", of the victim's objects " + failedOfVictim);
    lines.add("failed through the victim " + failedThroughVictim + ", lists " + failedLists);
    lines.add("stall of lists " + millis(listStall) + " ms, watches " + millis(watchStall) + " ms");
    lines.add("unavailable for more than 100 ms: " + Objects.toString(unavailable));
    return lines;
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }
}
