package dev.troupe.clusterconfig.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends batches of spans, counts what does not arrive, and says once that the collector takes
/// none, and once that it does again.
final class WatchedExporter implements SpanExporter {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedExporter.class);

  /// Each has a thread and a connection. Whoever begins to answer and does not go on would
  /// otherwise get one batch after the other.
  private static final int MOST_UNDER_WAY = 2;

  private final SpanExporter exporter;
  private final SpanBacklog backlog;
  private final URI endpoint;
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicBoolean away = new AtomicBoolean();

  WatchedExporter(SpanExporter exporter, SpanBacklog backlog, URI endpoint) {
    this.exporter = exporter;
    this.backlog = backlog;
    this.endpoint = endpoint;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    var result = underWay.incrementAndGet() > MOST_UNDER_WAY ? hangs() : begin(spans);
    result.whenComplete(() -> over(count, result));
    return result;
  }

  private static CompletableResultCode hangs() {
    return CompletableResultCode.ofExceptionalFailure(
        new IllegalStateException("it does not answer"));
  }

  private CompletableResultCode begin(Collection<SpanData> spans) {
    try {
      return exporter.export(spans);
    } catch (RuntimeException failure) {
      return CompletableResultCode.ofExceptionalFailure(failure);
    }
  }

  private void over(int count, CompletableResultCode result) {
    underWay.decrementAndGet();
    backlog.leave(count, result.isSuccess());
    if (result.isSuccess()) {
      if (away.getAndSet(false)) {
        LOG.info("{} takes spans again; {} have been lost", endpoint, backlog.lost());
      }
    } else if (!away.getAndSet(true)) {
      LOG.warn(
          "{} does not take spans, which are lost until it does: {}",
          endpoint,
          why(result.getFailureThrowable()));
    }
  }

  /// Of an answer that is a refusal the exporter tells nothing.
  private static String why(@Nullable Throwable failure) {
    var words = failure == null ? null : failure.getMessage();
    return words == null ? "it refuses them" : words;
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
