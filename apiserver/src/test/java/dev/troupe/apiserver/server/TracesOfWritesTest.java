package dev.troupe.apiserver.server;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.trace.OpenTelemetryTraces;
import dev.troupe.runtime.trace.Traces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The trace of a write shows where its time went, at whatever members that was. Of the three here
/// the last records none.
@Tag("thorough")
class TracesOfWritesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CLIENT = "b7ad6b7169203331";
  private static final TypeRef MAPS = TypeRef.core("configmaps");
  private static final Placement PLACEMENT = new Placement(Map.of(MAPS, 3));
  private static final int BLIND = 2;

  private static final InMemorySpanExporter RECORDED = InMemorySpanExporter.create();
  private static final List<SdkTracerProvider> PROVIDERS = new ArrayList<>();

  private static ThreeServers servers;

  private static Traces traces(int member) {
    if (member == BLIND) {
      return Traces.OFF;
    }
    while (PROVIDERS.size() <= member) {
      PROVIDERS.add(provider(PROVIDERS.size()));
    }
    return new OpenTelemetryTraces(PROVIDERS.get(member));
  }

  private static SdkTracerProvider provider(int member) {
    return SdkTracerProvider.builder()
        .setResource(Resource.create(Attributes.of(AttributeKey.longKey("member"), (long) member)))
        .addSpanProcessor(SimpleSpanProcessor.create(RECORDED))
        .build();
  }

  @BeforeAll
  static void start() throws Exception {
    servers = ThreeServers.start(TracesOfWritesTest::traces);
    while (PLACEMENT.partitions(MAPS).stream()
            .map(partition -> servers.place(partition).member())
            .filter(member -> member >= 0)
            .distinct()
            .count()
        < 3) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    for (int i = 0; i < 30; i++) {
      var body =
          """
          {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"ns-%d"}}
          """
              .formatted(i);
      assertThat(send(0, "POST", "/api/v1/namespaces", body).statusCode()).isEqualTo(201);
    }
  }

  @AfterAll
  static void close() {
    servers.close();
    PROVIDERS.forEach(SdkTracerProvider::close);
  }

  @BeforeEach
  void forget() {
    RECORDED.reset();
  }

  private static HttpResponse<byte[]> send(
      int member, String method, String path, String body, String... headers) {
    return servers.send(servers.all().get(member), method, path, body, headers).join();
  }

  private static PartitionId partition(String namespace) {
    return PLACEMENT.of(MAPS, namespace, "");
  }

  /// A namespace whose config maps are at a member.
  private static String namespaceAt(int member) {
    for (int i = 0; i < 30; i++) {
      var namespace = "ns-" + i;
      if (servers.place(partition(namespace)).member() == member) {
        return namespace;
      }
    }
    throw new AssertionError("member " + member + " has no config maps");
  }

  private static HttpResponse<byte[]> create(
      int member, String namespace, String name, String... headers) {
    var body =
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"secret":"geheim"}}
        """
            .formatted(name);
    return send(member, "POST", "/api/v1/namespaces/" + namespace + "/configmaps", body, headers);
  }

  /// By their names, of which there is one each.
  private static Map<String, SpanData> recorded() {
    return RECORDED.getFinishedSpanItems().stream()
        .collect(toMap(SpanData::getName, Function.identity()));
  }

  private static SpanData span(String name) {
    return requireNonNull(recorded().get(name), name);
  }

  private static int member(SpanData span) {
    return (int)
        (long) requireNonNull(span.getResource().getAttribute(AttributeKey.longKey("member")));
  }

  private static String text(SpanData span, String key) {
    return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(key)));
  }

  private static long number(SpanData span, String key) {
    return requireNonNull(span.getAttributes().get(AttributeKey.longKey(key)), key);
  }

  @Test
  void writeThroughTheWrongMemberIsOneTraceOfFiveSpans() {
    var namespace = namespaceAt(1);

    assertThat(create(0, namespace, "far").statusCode()).isEqualTo(201);

    assertThat(recorded()).containsOnlyKeys("request", "forward", "partition", "decide", "append");
    assertThat(recorded().values())
        .extracting(SpanData::getTraceId)
        .containsOnly(span("request").getTraceId());
    assertThat(span("request").getParentSpanContext().isValid()).isFalse();
    assertThat(span("forward").getParentSpanId()).isEqualTo(span("request").getSpanId());
    assertThat(span("partition").getParentSpanId()).isEqualTo(span("forward").getSpanId());
    assertThat(span("decide").getParentSpanId()).isEqualTo(span("partition").getSpanId());
    assertThat(span("append").getParentSpanId()).isEqualTo(span("partition").getSpanId());
    assertThat(List.of("request", "forward"))
        .allSatisfy(near -> assertThat(member(span(near))).isZero());
    assertThat(List.of("partition", "decide", "append"))
        .allSatisfy(far -> assertThat(member(span(far))).isEqualTo(1));
  }

  @Test
  void spansSayWhereTheyWereAndInWhichEpoch() {
    var namespace = namespaceAt(1);
    var partition = partition(namespace);
    long epoch = servers.place(partition).epoch();

    create(0, namespace, "where");

    assertThat(epoch).isPositive();
    assertThat(List.of("partition", "decide", "append"))
        .allSatisfy(name -> {
          assertThat(text(span(name), "partition")).isEqualTo(partition.toString());
          assertThat(number(span(name), "epoch")).isEqualTo(epoch);
        });
    assertThat(text(span("forward"), "partition")).isEqualTo(partition.toString());
    assertThat(text(span("forward"), "member")).matches(".+:\\d+");
    assertThat(text(span("request"), "verb")).isEqualTo("create");
    assertThat(text(span("request"), "resource")).isEqualTo("configmaps");
    assertThat(text(span("request"), "namespace")).isEqualTo(namespace);
    assertThat(number(span("request"), "http.response.status_code")).isEqualTo(201);
  }

  @Test
  void nothingOfAnObjectIsInItsTrace() {
    create(0, namespaceAt(1), "quiet", "User-Agent", "kubectl/secret");

    assertThat(recorded().toString()).doesNotContain("geheim").doesNotContain("kubectl/secret");
  }

  @Test
  void stepsAreInTheOrderInWhichTheyHappen() {
    create(0, namespaceAt(1), "order");

    var ends =
        RECORDED.getFinishedSpanItems().stream()
            .sorted(Comparator.comparingLong(SpanData::getEndEpochNanos))
            .map(SpanData::getName);
    assertThat(ends).startsWith("decide", "append");
    assertThat(span("decide").getEndEpochNanos())
        .isLessThanOrEqualTo(span("append").getStartEpochNanos());
  }

  @Test
  void writeThroughTheRightMemberIsNotForwarded() {
    create(1, namespaceAt(1), "near");

    assertThat(recorded()).containsOnlyKeys("request", "partition", "decide", "append");
    assertThat(span("partition").getParentSpanId()).isEqualTo(span("request").getSpanId());
  }

  @Test
  void clientsTraceGoesOn() {
    create(0, namespaceAt(1), "joined", "traceparent", "00-" + TRACE + "-" + CLIENT + "-01");

    assertThat(recorded()).hasSize(5);
    assertThat(recorded().values()).extracting(SpanData::getTraceId).containsOnly(TRACE);
    assertThat(span("request").getParentSpanId()).isEqualTo(CLIENT);
  }

  @Test
  void malformedTraceOfAClientIsNotGoneOnWith() {
    var answer = create(0, namespaceAt(1), "malformed", "traceparent", "00-" + TRACE + "-x-01");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(recorded()).hasSize(5);
    assertThat(span("request").getTraceId()).isNotEqualTo(TRACE);
  }

  @Test
  void whatTheClientDoesNotRecordIsRecordedNowhere() {
    create(0, namespaceAt(1), "unrecorded", "traceparent", "00-" + TRACE + "-" + CLIENT + "-00");

    assertThat(recorded()).isEmpty();
  }

  @Test
  void refusedWriteStoresNothing() {
    var namespace = namespaceAt(1);
    create(0, namespace, "twice");
    RECORDED.reset();

    assertThat(create(0, namespace, "twice").statusCode()).isEqualTo(409);

    assertThat(recorded()).containsOnlyKeys("request", "forward", "partition", "decide");
    assertThat(text(span("partition"), "refused")).isEqualTo("ALREADY_EXISTS");
    assertThat(number(span("request"), "http.response.status_code")).isEqualTo(409);
  }

  @Test
  void readsAreRequestsAndNothingElse() {
    assertThat(send(0, "GET", "/api/v1/namespaces/ns-1/configmaps", "").statusCode())
        .isEqualTo(200);
    assertThat(send(0, "GET", "/readyz", "").statusCode()).isEqualTo(200);

    assertThat(recorded()).containsOnlyKeys("request");
    assertThat(text(span("request"), "verb")).isEqualTo("list");
  }

  @Test
  void memberThatRecordsNothingTakesWhatAnotherRecords() {
    assertThat(create(0, namespaceAt(BLIND), "dark").statusCode()).isEqualTo(201);

    assertThat(recorded()).containsOnlyKeys("request", "forward");
  }

  @Test
  void whatComesThroughAMemberThatRecordsNothingIsRecordedNowhere() {
    var parent = "00-" + TRACE + "-" + CLIENT + "-01";

    assertThat(create(BLIND, namespaceAt(0), "silent", "traceparent", parent).statusCode())
        .isEqualTo(201);

    assertThat(recorded()).isEmpty();
  }
}
