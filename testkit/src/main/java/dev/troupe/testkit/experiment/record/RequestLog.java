package dev.troupe.testkit.experiment.record;

import dev.troupe.testkit.experiment.record.RequestTable.Asker;
import dev.troupe.testkit.experiment.record.RequestTable.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where clients write down their requests while a run goes on. May be added to by any thread.
///
/// It takes four million requests, 100,000 askers and 1,000 different faults; what is more is left
/// out and counted, and the record is to say so.
public final class RequestLog {

  /// A request's place is the lower bits of what requests are sorted by.
  private static final int PLACE_BITS = 22;

  static final int MOST = 1 << PLACE_BITS;
  static final int MOST_ASKERS = 100_000;
  static final int MOST_FAULTS = 1_000;

  /// Twelve days: further a run does not go.
  private static final long LATEST = 1L << 40;

  private static final int FIRST = 1_024;
  private static final int WORDS = 300;
  private static final String OTHER = "one of too many different faults";

  private final Map<Asker, Integer> askers = new HashMap<>();
  private final Map<String, Integer> faults = new HashMap<>();
  private final List<Asker> askersInOrder = new ArrayList<>();
  private final List<String> faultsInOrder = new ArrayList<>();
  private Columns columns = columns(FIRST);
  private int size;
  private long dropped;

  public RequestLog() {
    var _ = placeOfFault("");
  }

  /// Adds a request. Times are in microseconds since the run began.
  ///
  /// @param partition that it is about; empty if about more than one
  /// @param endpoint the place in the run's members of who was asked last; -1 if nobody was
  /// @param fault why it failed; empty if it did not
  public synchronized void add(
      String client,
      String verb,
      String partition,
      int endpoint,
      long due,
      long start,
      long end,
      String fault) {
    var asker = new Asker(client, verb, partition);
    if (size == MOST || (askers.size() == MOST_ASKERS && !askers.containsKey(asker))) {
      dropped++;
      return;
    }
    long from = Math.clamp(due, 0, LATEST);
    long begun = Math.clamp(start, from, LATEST);
    long over = Math.clamp(end, begun, LATEST);
    add(from, begun - from, over - begun, placeOf(asker), endpoint, fault);
  }

  private void add(long due, long lag, long took, int asker, int endpoint, String fault) {
    if (size == columns.due().length) {
      columns = copy(columns, size, Math.min(MOST, size * 2));
    }
    columns.due()[size] = due;
    columns.lag()[size] = lag;
    columns.took()[size] = took;
    columns.asker()[size] = asker;
    columns.endpoint()[size] = endpoint;
    columns.fault()[size] = placeOfFault(fault);
    size++;
  }

  private int placeOf(Asker asker) {
    return askers.computeIfAbsent(
        asker,
        added -> {
          askersInOrder.add(added);
          return askersInOrder.size() - 1;
        });
  }

  private int placeOfFault(String fault) {
    var words = fault.substring(0, Math.min(WORDS, fault.length()));
    var kept = faults.size() < MOST_FAULTS - 1 || faults.containsKey(words) ? words : OTHER;
    return faults.computeIfAbsent(
        kept,
        added -> {
          faultsInOrder.add(added);
          return faultsInOrder.size() - 1;
        });
  }

  /// How many requests were left out, because there was no room for more.
  public synchronized long dropped() {
    return dropped;
  }

  /// All that were added until now, in the order in which they were due.
  public synchronized RequestTable table() {
    var order = order();
    var sorted = columns(size);
    for (int i = 0; i < size; i++) {
      int from = (int) (order[i] & (MOST - 1));
      sorted.due()[i] = columns.due()[from];
      sorted.lag()[i] = columns.lag()[from];
      sorted.took()[i] = columns.took()[from];
      sorted.asker()[i] = columns.asker()[from];
      sorted.endpoint()[i] = columns.endpoint()[from];
      sorted.fault()[i] = columns.fault()[from];
    }
    return new RequestTable(askersInOrder, faultsInOrder, sorted);
  }

  /// Where they are, sorted by when they were due, and then by when they were added.
  private long[] order() {
    var order = new long[size];
    for (int i = 0; i < size; i++) {
      order[i] = columns.due()[i] << PLACE_BITS | i;
    }
    Arrays.sort(order);
    return order;
  }

  private static Columns columns(int length) {
    return new Columns(
        new long[length],
        new long[length],
        new long[length],
        new int[length],
        new int[length],
        new int[length]);
  }

  private static Columns copy(Columns of, int size, int length) {
    var copy = columns(length);
    System.arraycopy(of.due(), 0, copy.due(), 0, size);
    System.arraycopy(of.lag(), 0, copy.lag(), 0, size);
    System.arraycopy(of.took(), 0, copy.took(), 0, size);
    System.arraycopy(of.asker(), 0, copy.asker(), 0, size);
    System.arraycopy(of.endpoint(), 0, copy.endpoint(), 0, size);
    System.arraycopy(of.fault(), 0, copy.fault(), 0, size);
    return copy;
  }
}
