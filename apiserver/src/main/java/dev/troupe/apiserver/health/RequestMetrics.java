package dev.troupe.apiserver.health;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.Target;
import dev.troupe.runtime.measure.Figure;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the server counts, as `/metrics` shows it.
public final class RequestMetrics {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /// So many series are kept apart; what comes after them is counted together.
  private static final int MOST_SERIES = 2_000;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ConcurrentHashMap<Series, Timer> timers = new ConcurrentHashMap<>();

  /// @param counters what only rises and is counted elsewhere, by name
  /// @param figures what else is measured elsewhere
  public RequestMetrics(
      LongSupplier reads,
      LongSupplier writes,
      LongSupplier streams,
      Map<String, LongSupplier> counters,
      Supplier<List<Figure>> figures) {
    counters.forEach(this::counter);
    registry.getPrometheusRegistry().register(new FigureCollector(figures));
    gauge("apiserver_current_inflight_requests", "readOnly", reads);
    gauge("apiserver_current_inflight_requests", "mutating", writes);
    gauge("apiserver_longrunning_requests", "stream", streams);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    bindGarbageCollection();
  }

  @SuppressWarnings("resource") // lives as long as the process
  private void bindGarbageCollection() {
    new JvmGcMetrics().bindTo(registry);
  }

  private void gauge(String name, String kind, LongSupplier value) {
    Gauge.builder(name, value, LongSupplier::getAsLong)
        .tags("request_kind", kind)
        .strongReference(true)
        .register(registry);
  }

  private void counter(String name, LongSupplier value) {
    // It holds the object weakly and the function not.
    FunctionCounter.builder(name, this, _ -> value.getAsLong()).register(registry);
  }

  /// Counts an answer: of a stream, its beginning.
  ///
  /// @param request null if it was not even understood
  public void count(@Nullable ApiRequest request, int code, long nanos) {
    var series = Series.of(request, code);
    Timer timer = timers.get(series);
    if (timer == null) {
      var counted = timers.size() < MOST_SERIES ? series : Series.of(null, code);
      timer = timers.computeIfAbsent(counted, this::timer);
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  public Answer scrape() {
    return new Answer.Document(200, TEXT, registry.scrape().getBytes(StandardCharsets.UTF_8));
  }

  private Timer timer(Series series) {
    return Timer.builder("apiserver_request_duration")
        .tags(
            Tags.of(
                "verb", series.verb,
                "group", series.group,
                "version", series.version,
                "resource", series.resource,
                "subresource", series.subresource,
                "code", Integer.toString(series.code)))
        .register(registry);
  }

  private record Series(
      String verb, String group, String version, String resource, String subresource, int code) {

    static Series of(@Nullable ApiRequest request, int code) {
      return request != null
              && request.target() instanceof Target.OfResource to
              && (code < 401 || code > 405)
          ? new Series(
              to.action(), to.group(), to.version(), to.resource(), to.subresource().name(), code)
          : new Series(request == null ? "" : request.target().action(), "", "", "", "", code);
    }
  }
}
