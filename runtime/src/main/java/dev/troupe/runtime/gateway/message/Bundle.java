package dev.troupe.runtime.gateway.message;

import java.util.List;

/// Letters to one member that go together, in the order in which they were sent.
public record Bundle(List<Sendable> letters) {

  public Bundle {
    letters = List.copyOf(letters);
  }
}
