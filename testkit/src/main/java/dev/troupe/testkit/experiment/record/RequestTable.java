package dev.troupe.testkit.experiment.record;

import java.util.List;

/// All requests of a run in the order in which they were due, in columns: two million of them, as
/// many as two hours at 300 a second make, are 72 MB so, and would be several times that as
/// objects. Made by [RequestLog].
public final class RequestTable {

  /// Who asks for what; a client that does several things is several askers.
  ///
  /// @param client which of them; each stands for an equal part of what its partition holds
  /// @param partition what it asks about; empty if about more than one
  public record Asker(String client, String verb, String partition) {}

  /// The columns, of one length each and in the order of `due`.
  ///
  /// @param lag from when a request was due to when it began
  /// @param took from its begin to its end
  /// @param asker its place in the list of askers
  /// @param endpoint the place in the run's members of who was asked last; -1 if nobody was
  /// @param fault its place in the list of faults, of which the first is none
  record Columns(long[] due, long[] lag, long[] took, int[] asker, int[] endpoint, int[] fault) {}

  private final List<Asker> askers;
  private final List<String> faults;
  private final Columns columns;

  RequestTable(List<Asker> askers, List<String> faults, Columns columns) {
    this.askers = List.copyOf(askers);
    this.faults = List.copyOf(faults);
    this.columns = columns;
  }

  public static RequestTable empty() {
    return new RequestLog().table();
  }

  public int size() {
    return columns.due().length;
  }

  /// When a request was due.
  public long due(int request) {
    return columns.due()[request];
  }

  /// When it was begun: later than it was due if its client was still at the one before.
  public long start(int request) {
    return columns.due()[request] + columns.lag()[request];
  }

  public long end(int request) {
    return start(request) + columns.took()[request];
  }

  /// From when it was due to its end.
  public long waited(int request) {
    return columns.lag()[request] + columns.took()[request];
  }

  /// Its place in [#askers].
  public int asker(int request) {
    return columns.asker()[request];
  }

  /// The place in the run's members of who was asked last; -1 if nobody was.
  public int endpoint(int request) {
    return columns.endpoint()[request];
  }

  /// Why it failed; empty if it did not.
  public String fault(int request) {
    return faults.get(columns.fault()[request]);
  }

  public boolean succeeded(int request) {
    return columns.fault()[request] == 0;
  }

  public List<Asker> askers() {
    return askers;
  }

  List<String> faults() {
    return faults;
  }

  /// A row of the file.
  long[] row(int request) {
    return new long[] {
      columns.due()[request],
      columns.lag()[request],
      columns.took()[request],
      columns.asker()[request],
      columns.endpoint()[request],
      columns.fault()[request]
    };
  }
}
