package dev.troupe.runtime.member;

import dev.troupe.runtime.gateway.logic.StoredForms;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.liveness.Terms;
import java.util.List;
import java.util.function.Supplier;

/// With whom a member works, and on what terms.
///
/// @param seeds the addresses of members of its cluster, with its own or without. Asked again and
///   again until one lets it in, on a thread that must not be kept. Whether this member may form a
///   cluster instead is for the store to say
/// @param self what it tells of itself, but for the layout, its clock, its port for probes, and
///   what it has found in the store; asked each time
/// @param stored how what is stored is written now
public record Company(
    Supplier<List<String>> seeds,
    Supplier<Introduction> self,
    Supplier<StoredForms> stored,
    Terms terms) {

  /// The members of the cluster do not let this one in. The message says which, and what to do.
  public static final class TurnedAwayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TurnedAwayException(String sentence) {
      super(sentence, null, false, false);
    }
  }
}
