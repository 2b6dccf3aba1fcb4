package dev.troupe.apiserver.health;

import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.Target;
import dev.troupe.resources.subresource.Whole;
import dev.troupe.runtime.trace.TraceContext;
import dev.troupe.runtime.trace.TraceSpan;
import dev.troupe.runtime.trace.Traces;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is noted of one request: in the metrics, and in its trace, of which its span is the first
/// here.
public final class RequestAccount {

  private static final int FIRST_FAULT = 500;

  private final RequestMetrics metrics;
  private final Traces traces;
  private final Instant received;
  private final long began = System.nanoTime();
  private TraceSpan span = TraceSpan.NONE;

  public RequestAccount(RequestMetrics metrics, Traces traces, Instant received) {
    this.metrics = metrics;
    this.traces = traces;
    this.received = received;
  }

  /// The request may be carried out. One that is about a resource gets a span: probes and documents
  /// would only hide what is looked for, and whoever may not ask could fill the traces.
  public void begin(ApiRequest request) {
    if (request.target() instanceof Target.OfResource to) {
      span = traces.request(request.header(), received);
      span.with("verb", to.action()).with("resource", to.groupResource());
      if (!(to.subresource() instanceof Whole)) {
        span.with("subresource", to.subresource().name());
      }
      if (!to.namespace().isEmpty()) {
        span.with("namespace", to.namespace());
      }
    }
  }

  /// To what the steps of the request belong; null if nobody records them.
  public @Nullable TraceContext trace() {
    return span.context();
  }

  /// The answer is known: of a stream, its beginning.
  ///
  /// @param request null if it was not even understood
  public void answered(@Nullable ApiRequest request, int code) {
    metrics.count(request, code, System.nanoTime() - began);
    span.with("http.response.status_code", code);
    if (code >= FIRST_FAULT) {
      span.failed("status " + code);
    }
    end();
  }

  /// Nobody waits for an answer any more. Means nothing after the answer.
  public void lost() {
    span.failed("the client has gone");
    end();
  }

  private void end() {
    span.end();
    span = TraceSpan.NONE;
  }
}
