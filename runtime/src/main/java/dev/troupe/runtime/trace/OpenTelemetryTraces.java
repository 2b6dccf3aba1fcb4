package dev.troupe.runtime.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Traces as OpenTelemetry has them. Contexts are passed on by hand, never by the thread: a write
/// changes threads, and members.
public final class OpenTelemetryTraces implements Traces {

  private static final String SCOPE = "dev.troupe";
  private static final int HEX = 16;
  private static final Headers HEADERS = new Headers();

  private final Tracer tracer;

  public OpenTelemetryTraces(TracerProvider provider) {
    this.tracer = provider.get(SCOPE);
  }

  @Override
  public TraceSpan request(Function<String, @Nullable String> header, Instant received) {
    var client = W3CTraceContextPropagator.getInstance().extract(Context.root(), header, HEADERS);
    return start(
        tracer
            .spanBuilder("request")
            .setParent(client)
            .setSpanKind(SpanKind.SERVER)
            .setStartTimestamp(received));
  }

  @Override
  public TraceSpan begin(Step step, @Nullable TraceContext parent) {
    return parent == null
        ? TraceSpan.NONE
        : start(
            tracer
                .spanBuilder(step.title())
                .setParent(Context.root().with(Span.wrap(recorded(step, parent))))
                .setSpanKind(kind(step)));
  }

  private static SpanKind kind(Step step) {
    return switch (step) {
      case FORWARD -> SpanKind.CLIENT;
      case RECEIVED -> SpanKind.SERVER;
      case PARTITION, DECIDE, APPEND -> SpanKind.INTERNAL;
    };
  }

  private static SpanContext recorded(Step step, TraceContext parent) {
    var trace = TraceId.fromLongs(parent.high(), parent.low());
    var span = SpanId.fromLong(parent.span());
    var flags = TraceFlags.getSampled();
    var state = TraceState.getDefault();
    return step == Step.RECEIVED
        ? SpanContext.createFromRemoteParent(trace, span, flags, state)
        : SpanContext.create(trace, span, flags, state);
  }

  private static TraceSpan start(SpanBuilder builder) {
    var span = builder.startSpan();
    return span.isRecording() && span.getSpanContext().isSampled()
        ? new Recorded(span, context(span.getSpanContext()))
        : TraceSpan.NONE;
  }

  private static TraceContext context(SpanContext span) {
    var trace = span.getTraceId();
    return new TraceContext(
        Long.parseUnsignedLong(trace, 0, HEX, HEX),
        Long.parseUnsignedLong(trace, HEX, 2 * HEX, HEX),
        Long.parseUnsignedLong(span.getSpanId(), HEX));
  }

  private record Recorded(Span span, TraceContext context) implements TraceSpan {

    @Override
    public TraceSpan with(String name, Object value) {
      span.setAttribute(name, value.toString());
      return this;
    }

    @Override
    public TraceSpan with(String name, long value) {
      span.setAttribute(name, value);
      return this;
    }

    @Override
    public void failed(String why) {
      span.setStatus(StatusCode.ERROR, why);
    }

    @Override
    public void end() {
      span.end();
    }
  }

  /// The headers of a request, of which those are asked for that W3C has given names to.
  private static final class Headers implements TextMapGetter<Function<String, @Nullable String>> {

    @Override
    public @Nullable String get(@Nullable Function<String, @Nullable String> carrier, String key) {
      return carrier == null ? null : carrier.apply(key);
    }
  }
}
