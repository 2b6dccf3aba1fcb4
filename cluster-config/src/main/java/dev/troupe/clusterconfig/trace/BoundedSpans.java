package dev.troupe.clusterconfig.trace;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/// Passes spans on as long as there is room for them. What stands behind has the same bound, but
/// drops what is beyond it without a word.
final class BoundedSpans implements SpanProcessor {

  private final SpanProcessor next;
  private final SpanBacklog backlog;

  BoundedSpans(SpanProcessor next, SpanBacklog backlog) {
    this.next = next;
    this.backlog = backlog;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (span.getSpanContext().isSampled() && backlog.enter()) {
      next.onEnd(span);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode shutdown() {
    return next.shutdown();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return next.forceFlush();
  }
}
