package dev.troupe.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.trace.Traces.Step;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A request begins a trace or goes on with its client's, and each step is below what it is part
/// of.
class OpenTelemetryTracesTest {

  private static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final int ROUNDS = 10_000;

  private final InMemorySpanExporter recorded = InMemorySpanExporter.create();
  private final SdkTracerProvider provider = provider(1);
  private final Traces traces = new OpenTelemetryTraces(provider);

  private SdkTracerProvider provider(double ratio) {
    return SdkTracerProvider.builder()
        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
        .addSpanProcessor(SimpleSpanProcessor.create(recorded))
        .build();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private SpanData only() {
    assertThat(recorded.getFinishedSpanItems()).hasSize(1);
    return recorded.getFinishedSpanItems().getFirst();
  }

  private static Function<String, @Nullable String> parent(String value) {
    return Map.of("traceparent", value)::get;
  }

  @Test
  void requestBeginsATrace() {
    traces.request(_ -> null, RECEIVED).with("verb", "create").with("code", 201).end();

    var span = only();
    assertThat(span.getName()).isEqualTo("request");
    assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(span.getParentSpanContext().isValid()).isFalse();
    assertThat(span.getStartEpochNanos()).isEqualTo(RECEIVED.getEpochSecond() * 1_000_000_000);
    assertThat(span.getAttributes().get(AttributeKey.stringKey("verb"))).isEqualTo("create");
    assertThat(span.getAttributes().get(AttributeKey.longKey("code"))).isEqualTo(201);
  }

  @Test
  void requestGoesOnWithTheTraceOfItsClient() {
    var span = traces.request(parent("00-" + TRACE + "-" + SPAN + "-01"), RECEIVED);
    var context = span.context();
    span.end();

    assertThat(only().getTraceId()).isEqualTo(TRACE);
    assertThat(only().getParentSpanId()).isEqualTo(SPAN);
    assertThat(only().getParentSpanContext().isRemote()).isTrue();
    assertThat(context).isNotNull();
    assertThat(context.high()).isEqualTo(0x0af7651916cd43ddL);
    assertThat(context.low()).isEqualTo(0x8448eb211c80319cL);
    assertThat(Long.toHexString(context.span()))
        .isEqualTo(only().getSpanId().replaceFirst("^0+", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-" + TRACE + "-" + SPAN,
        "00-" + TRACE + "-" + SPAN + "-01-more",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
        "00-" + TRACE + "-b7ad6b716920333g-01",
        "00-" + TRACE + "-" + SPAN + "-zz",
        "\u0000\ud83c\u20ac"
      })
  void malformedTraceOfAClientCountsForNothing(String header) {
    traces.request(parent(header), RECEIVED).end();

    assertThat(only().getTraceId()).isNotEqualTo(TRACE);
    assertThat(only().getParentSpanContext().isValid()).isFalse();
  }

  /// No header is the end of a request.
  @Test
  void anyHeaderIsATraceOrNone() {
    var random = new Random(3);
    for (int round = 0; round < ROUNDS; round++) {
      var header = new StringBuilder("00-" + TRACE + "-" + SPAN + "-01");
      for (int i = random.nextInt(4); i > 0; i--) {
        header.setCharAt(random.nextInt(header.length()), (char) random.nextInt(128));
      }
      header.setLength(random.nextInt(header.length() + 1));

      traces.request(parent(header.toString()), RECEIVED).end();
    }

    assertThat(recorded.getFinishedSpanItems())
        .hasSizeLessThanOrEqualTo(ROUNDS)
        .allSatisfy(span -> assertThat(span.getSpanContext().isValid()).isTrue());
  }

  @Test
  void whatTheClientDoesNotRecordIsNotRecordedHere() {
    var span = traces.request(parent("00-" + TRACE + "-" + SPAN + "-00"), RECEIVED);
    span.end();

    assertThat(span).isSameAs(TraceSpan.NONE);
    assertThat(recorded.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void clientMayAskForATraceWhereNoneIsBegun() {
    try (var rarely = provider(0)) {
      var others = new OpenTelemetryTraces(rarely);
      assertThat(others.request(_ -> null, RECEIVED)).isSameAs(TraceSpan.NONE);

      others.request(parent("00-" + TRACE + "-" + SPAN + "-01"), RECEIVED).end();

      assertThat(only().getTraceId()).isEqualTo(TRACE);
    }
  }

  @Test
  void stepIsBelowWhatItIsPartOf() {
    var request = traces.request(_ -> null, RECEIVED);
    var forward = traces.begin(Step.FORWARD, request.context());
    traces.begin(Step.RECEIVED, forward.context()).end();

    var inner = only();
    forward.end();
    var outer = recorded.getFinishedSpanItems().getLast();
    assertThat(inner.getName()).isEqualTo("partition");
    assertThat(inner.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(inner.getParentSpanId()).isEqualTo(outer.getSpanId());
    assertThat(inner.getParentSpanContext().isRemote()).isTrue();
    assertThat(outer.getName()).isEqualTo("forward");
    assertThat(outer.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(outer.getTraceId()).isEqualTo(inner.getTraceId());
  }

  @Test
  void whatIsPartOfNothingIsNotRecorded() {
    assertThat(traces.begin(Step.APPEND, null)).isSameAs(TraceSpan.NONE);
  }

  @Test
  void whatFailsIsAnError() {
    var span = traces.request(_ -> null, RECEIVED);
    span.failed("unknown outcome");
    span.end();

    assertThat(only().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(only().getStatus().getDescription()).isEqualTo("unknown outcome");
  }

  @Test
  void nothingIsRecordedWhereTracesAreOff() {
    var request = Traces.OFF.request(parent("00-" + TRACE + "-" + SPAN + "-01"), RECEIVED);
    var step = Traces.OFF.begin(Step.DECIDE, new TraceContext(1, 2, 3));

    assertThat(request.context()).isNull();
    assertThat(step.with("epoch", 1).with("partition", "pods#0").context()).isNull();
  }
}
