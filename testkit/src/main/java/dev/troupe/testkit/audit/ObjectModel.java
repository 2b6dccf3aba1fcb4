package dev.troupe.testkit.audit;

import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Operation;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one object may answer: it is absent, or has a value and a version.
///
/// @param versions of values, where one was seen, by `key=value`
/// @param known every version that was told to anybody: what nobody has seen has none of these
record ObjectModel(Map<String, Long> versions, Set<Long> known) {

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  /// @param value null if the object is absent
  /// @param version 0 if it is absent, or nobody has seen it
  record State(@Nullable String value, long version) {

    static final State ABSENT = new State(null, 0);

    boolean isAbsent() {
      return value == null;
    }
  }

  /// What follows if an operation takes effect now.
  ///
  /// @return null if its answer would not be right
  @Nullable State after(State state, Operation operation) {
    return switch (operation.outcome()) {
      case DONE -> done(state, operation);
      case REFUSED -> isRightlyRefused(state, operation) ? state : null;
      case UNKNOWN -> isPossible(state, operation) ? written(operation) : state;
    };
  }

  private @Nullable State done(State state, Operation operation) {
    if (operation.kind() == Kind.GET) {
      return isSeen(state, operation) ? state : null;
    }
    return isPossible(state, operation) ? written(operation) : null;
  }

  private static boolean isSeen(State state, Operation read) {
    return read.value().equals(state.value())
        && (state.version() == 0 || state.version() == read.version());
  }

  private boolean isPossible(State state, Operation write) {
    return switch (write.kind()) {
      case CREATE -> state.isAbsent();
      case UPDATE -> !state.isAbsent() && mayBeAt(state.version(), write.precondition());
      case PATCH, DELETE -> !state.isAbsent();
      case GET -> false;
    };
  }

  private boolean mayBeAt(long version, long wanted) {
    return version == 0 ? !known.contains(wanted) : version == wanted;
  }

  private State written(Operation write) {
    if (write.kind() == Kind.DELETE) {
      return State.ABSENT;
    }
    long version =
        write.version() != 0
            ? write.version()
            : versions.getOrDefault(write.key() + "=" + write.value(), 0L);
    return new State(write.value(), version);
  }

  /// Refusals for other reasons, such as overload, are always right.
  private static boolean isRightlyRefused(State state, Operation operation) {
    return switch (operation.code()) {
      case NOT_FOUND -> state.isAbsent();
      case CONFLICT ->
          operation.kind() == Kind.CREATE
              ? !state.isAbsent()
              : operation.kind() != Kind.UPDATE
                  || (!state.isAbsent() && state.version() != operation.precondition());
      default -> true;
    };
  }
}
