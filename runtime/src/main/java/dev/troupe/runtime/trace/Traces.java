package dev.troupe.runtime.trace;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where spans are recorded. Never waits, and never fails: whatever becomes of a trace, a write
/// goes on.
public interface Traces {

  /// Nobody looks at traces: nothing is recorded, and nothing is loaded that would.
  Traces OFF =
      new Traces() {
        @Override
        public TraceSpan request(Function<String, @Nullable String> header, Instant received) {
          return TraceSpan.NONE;
        }

        @Override
        public TraceSpan begin(Step step, @Nullable TraceContext parent) {
          return TraceSpan.NONE;
        }
      };

  /// What a write goes through below its request.
  enum Step {
    /// On its way to the member that has its partition, and back.
    FORWARD("forward"),
    /// In its partition, from when that is told of it until it answers.
    PARTITION("partition"),
    /// The same of a write that another member has forwarded.
    RECEIVED("partition"),
    /// Its resource decides what is stored.
    DECIDE("decide"),
    /// The store makes that durable.
    APPEND("append");

    private final String title;

    Step(String title) {
      this.title = title;
    }

    /// What its spans are called.
    public String title() {
      return title;
    }
  }

  /// Begins the span of a client's request. It goes on with the client's own trace, if the client
  /// has named one as W3C's Trace Context has it; what is malformed counts for nothing.
  ///
  /// @param header looks a header up by its lower-case name
  /// @param received when the request came
  TraceSpan request(Function<String, @Nullable String> header, Instant received);

  /// Begins the span of a step.
  ///
  /// @param parent to what it belongs; null if nobody records that, nor then the step
  TraceSpan begin(Step step, @Nullable TraceContext parent);
}
