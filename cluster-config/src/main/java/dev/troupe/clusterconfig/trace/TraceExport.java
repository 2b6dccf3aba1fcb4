package dev.troupe.clusterconfig.trace;

import dev.troupe.clusterconfig.member.Release;
import dev.troupe.runtime.trace.OpenTelemetryTraces;
import dev.troupe.runtime.trace.Traces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The traces of a member on their way to a collector: by OTLP over HTTP, in batches, from a
/// bounded queue. Nobody waits for them.
public final class TraceExport implements AutoCloseable {

  /// So many spans wait at most; what comes then is lost.
  static final int MOST_WAITING = 2_048;

  private static final int BATCH = 512;
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /// For a batch; and a little more for whoever waits for that.
  private static final Duration SEND = Duration.ofSeconds(4);

  private static final Duration SENT = Duration.ofSeconds(5);
  private static final Duration LAST = Duration.ofSeconds(3);

  /// Paths, of which values are made, are as long as clients like.
  private static final int LONGEST_VALUE = 256;

  /// What it logs itself is said here, and once. Levels are forgotten with the loggers they are of.
  private static final Logger OWN_WORDS = Logger.getLogger("io.opentelemetry");

  private final SdkTracerProvider provider;
  private final SpanBacklog backlog;
  private final Traces traces;

  private TraceExport(SdkTracerProvider provider, SpanBacklog backlog) {
    this.provider = provider;
    this.backlog = backlog;
    this.traces = new OpenTelemetryTraces(provider);
  }

  /// @param ratio of the traces that begin here
  /// @param member what it is called among others
  public static TraceExport to(URI endpoint, double ratio, String member) {
    OWN_WORDS.setLevel(Level.OFF);
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.toString())
            .setConnectTimeout(CONNECT)
            .setTimeout(SEND)
            .setRetryPolicy(null)
            .setMeterProvider(MeterProvider.noop())
            .build();
    return by(exporter, endpoint, ratio, member);
  }

  static TraceExport by(SpanExporter exporter, URI endpoint, double ratio, String member) {
    var backlog = new SpanBacklog(MOST_WAITING);
    var batches =
        BatchSpanProcessor.builder(new WatchedExporter(exporter, backlog, endpoint))
            .setMaxQueueSize(MOST_WAITING)
            .setMaxExportBatchSize(BATCH)
            .setScheduleDelay(EVERY)
            .setExporterTimeout(SENT)
            .setMeterProvider(MeterProvider.noop())
            .build();
    return new TraceExport(
        SdkTracerProvider.builder()
            .setResource(resource(member))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
            .setSpanLimits(SpanLimits.builder().setMaxAttributeValueLength(LONGEST_VALUE).build())
            .addSpanProcessor(new BoundedSpans(batches, backlog))
            .build(),
        backlog);
  }

  private static Resource resource(String member) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.of(
                    AttributeKey.stringKey("service.name"),
                    "troupe",
                    AttributeKey.stringKey("service.version"),
                    Release.NAME,
                    AttributeKey.stringKey("service.instance.id"),
                    member)));
  }

  public Traces traces() {
    return traces;
  }

  /// How many spans no collector has got.
  public long lost() {
    return backlog.lost();
  }

  /// Sends what waits, unless that takes longer than a few seconds.
  @Override
  public void close() {
    var _ = provider.shutdown().join(LAST.toMillis(), TimeUnit.MILLISECONDS);
  }
}
