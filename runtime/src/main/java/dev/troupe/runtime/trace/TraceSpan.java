package dev.troupe.runtime.trace;

import org.jspecify.annotations.Nullable;

/// One step of a request, from its beginning to its end, as a trace shows it. Used by any thread.
///
/// What is said of it may be seen by whoever looks at traces: never what objects hold, nor secrets.
public interface TraceSpan {

  /// One that nobody records.
  TraceSpan NONE =
      new TraceSpan() {
        @Override
        public @Nullable TraceContext context() {
          return null;
        }

        @Override
        public TraceSpan with(String name, Object value) {
          return this;
        }

        @Override
        public TraceSpan with(String name, long value) {
          return this;
        }

        @Override
        public void failed(String why) {}

        @Override
        public void end() {}
      };

  /// What its own steps are given; null if nobody records it.
  @Nullable TraceContext context();

  /// Says something of it.
  ///
  /// @param value by its `toString`, which is not asked for if nobody records it
  TraceSpan with(String name, Object value);

  /// Says a number of it.
  TraceSpan with(String name, long value);

  /// It has not done what it was for.
  void failed(String why);

  /// It is over. What is said later counts for nothing.
  void end();
}
