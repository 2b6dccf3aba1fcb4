package dev.troupe.testkit.load;

/// One request of a client, from the moment when it was due: whoever had to wait for the one before
/// has waited all the same.
///
/// @param client which of them; each asks one thing after the other
/// @param through the endpoint that it was sent to, or the last one if others were tried before
/// @param subject the partition that it is about; empty if about all of a collection
/// @param due in nanoseconds of one clock that only rises, as are the others
/// @param fault why it failed; empty if it did not
public record DueRequest(
    String client, int through, String subject, long due, long start, long end, String fault) {

  public boolean succeeded() {
    return fault.isEmpty();
  }
}
