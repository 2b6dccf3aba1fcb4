package dev.troupe.controllerhost.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllerhost.connection.ApiConnection;
import dev.troupe.controllerhost.type.RemoteTypes;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.Pull;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is said to an API server, and what its answers mean, word by word.
@Timeout(30)
class RemoteResourcesTest {

  private static final TypeRef CONFIG_MAPS = TypeRef.core("configmaps");
  private static final ResourceKey KEY = new ResourceKey(CONFIG_MAPS, "default", "a");
  private static final WatchTerms TERMS =
      new WatchTerms(Duration.ofMinutes(2), Duration.ofSeconds(1), 1 << 20);

  private final ScriptedServer server = ScriptedServer.start();
  private final ApiConnection connection = server.connection();
  private final RemoteResources resources =
      new RemoteResources(
          RemoteTypes.of(List.of(ConfigMap.class)),
          connection,
          "",
          TERMS,
          System::nanoTime,
          new Random(1));

  @AfterEach
  void close() {
    connection.close();
    server.close();
  }

  /// Takes what it asks for.
  private static final class Taker implements Flow.Subscriber<WatchItem> {

    private final LinkedBlockingQueue<WatchItem> taken = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final AtomicReference<Flow.@Nullable Subscription> subscription =
        new AtomicReference<>();
    private final long first;

    Taker(long first) {
      this.first = first;
    }

    WatchItem next() throws InterruptedException {
      var item = taken.poll(20, TimeUnit.SECONDS);
      if (item == null) {
        throw new AssertionError("nothing comes");
      }
      return item;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
      subscription.set(to);
      to.request(first);
    }

    @Override
    public void onNext(WatchItem item) {
      taken.add(item);
    }

    @Override
    public void onError(Throwable thrown) {
      failure.complete(thrown);
    }

    @Override
    public void onComplete() {
      failure.complete(new IllegalStateException("it completed"));
    }
  }

  private Taker follow(long after, long first) {
    var taker = new Taker(first);
    resources.watch(CONFIG_MAPS, null, after).subscribe(taker);
    return taker;
  }

  @Test
  void listComesInPagesAndItsItemsSayWhatTheyAre() {
    server
        .then(
            200,
            """
            {"kind":"ConfigMapList","metadata":{"resourceVersion":"40","continue":"x y"},
             "items":[{"metadata":{"name":"a","namespace":"default","uid":"1","resourceVersion":"7"}}]}
            """)
        .then(
            200,
            """
            {"kind":"ConfigMapList","metadata":{"resourceVersion":"40"},
             "items":[{"metadata":{"name":"b","namespace":"default","uid":"2","resourceVersion":"9"}}]}
            """);

    var list = join(resources.list(ListQuery.of(CONFIG_MAPS, null)));
    var items = join(new Pull(list).all(Runnable::run));

    assertThat(list.version()).isEqualTo(40);
    Iterable<StoredResource> all = () -> items;
    assertThat(StreamSupport.stream(all.spliterator(), false))
        .hasSize(2)
        .allSatisfy(item ->
            assertThat(ControllerJson.object(item.json()).path("kind").asString())
                .isEqualTo("ConfigMap"));
    assertThat(server.requests())
        .containsExactly(
            "GET /api/v1/configmaps?limit=500", "GET /api/v1/configmaps?limit=500&continue=x+y");
  }

  @Test
  void versionThatIsNoNumberIsSaid() {
    server.then(200, "{\"metadata\":{\"resourceVersion\":\"a7\"},\"items\":[]}");

    assertThatThrownBy(() -> join(resources.list(ListQuery.of(CONFIG_MAPS, null))))
        .hasRootCauseMessage(
            "the API server gives the resourceVersion \"a7\", which is no decimal number: it cannot"
                + " be told from it what came first, as Kubernetes promises");
  }

  @Test
  void watchGoesOnWhereItWas() throws InterruptedException {
    server.then(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      var out = exchange.getResponseBody();
      out.write(event("ADDED", "a", 5).getBytes(StandardCharsets.UTF_8));
      out.write(bookmark(9).getBytes(StandardCharsets.UTF_8));
      out.flush();
      // Lasts long enough to be a connection that is worth another one.
      new CompletableFuture<Void>().completeOnTimeout(null, 1_100, TimeUnit.MILLISECONDS).join();
      exchange.close();
    });
    server.then(exchange -> stream(exchange, event("DELETED", "a", 12)));

    var taker = follow(3, 10);

    assertThat(taker.next())
        .isInstanceOfSatisfying(
            WatchItem.Changed.class,
            change -> {
              assertThat(change.type()).isEqualTo(WatchItem.Type.ADDED);
              assertThat(change.version()).isEqualTo(5);
            });
    assertThat(taker.next()).isEqualTo(new WatchItem.Progress(9));
    assertThat(taker.next().version()).isEqualTo(12);
    assertThat(server.requests())
        .satisfiesExactly(
            first -> assertThat(first).contains("resourceVersion=3&"),
            second -> assertThat(second).contains("resourceVersion=9&"));
  }

  @Test
  void forgottenPositionIsExpiredHoweverItIsSaid() {
    var status =
        "{\"kind\":\"Status\",\"reason\":\"Expired\",\"code\":410,\"message\":\"too old\"}";
    server.then(exchange -> stream(exchange, "{\"type\":\"ERROR\",\"object\":" + status + "}\n"));
    assertThat(follow(3, 10).failure.join())
        .isInstanceOf(ExpiredException.class)
        .hasMessage("too old");

    server.then(410, status);
    assertThat(follow(3, 10).failure.join())
        .isInstanceOf(ExpiredException.class)
        .hasMessage("too old");
  }

  @Test
  void whatIsForbiddenIsSaidInTheWordsOfTheServer() {
    server.then(
        403, "{\"kind\":\"Status\",\"reason\":\"Forbidden\",\"code\":403,\"message\":\"not you\"}");

    assertThat(follow(3, 10).failure.join()).hasMessage("not you");
  }

  @Test
  void nothingIsTakenThatWasNotAskedFor() throws InterruptedException {
    var all = new CompletableFuture<Void>();
    server.then(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      for (int i = 0; i < 3_000; i++) {
        exchange.getResponseBody().write(large(10 + i).getBytes(StandardCharsets.UTF_8));
      }
      all.complete(null);
      exchange.close();
    });

    var taker = follow(3, 1);

    assertThat(taker.next().version()).isEqualTo(10);
    // 192 MB do not fit into what connections hold.
    assertThatThrownBy(() -> all.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(taker.taken).isEmpty();
  }

  @Test
  void deletionIsAnsweredWhenTheWatchHasShownIt() throws InterruptedException {
    var asked = new CountDownLatch(1);
    server.then(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(event("ADDED", "a", 5).getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      await(asked);
      exchange.getResponseBody().write(event("DELETED", "a", 12).getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    });
    var taker = follow(3, 10);
    assertThat(taker.next().version()).isEqualTo(5);
    server.then(200, "{\"kind\":\"Status\",\"status\":\"Success\"}");

    var reply = write(new Mutation.Delete(Mutation.DeleteOptions.NONE)).toCompletableFuture();
    assertThatThrownBy(() -> reply.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    asked.countDown();

    assertThat(reply.join())
        .isInstanceOfSatisfying(
            WriteReply.Removed.class, removed -> assertThat(removed.version()).isEqualTo(12));
  }

  @Test
  void deletionIsAnsweredWhenALaterListIsThere() throws Exception {
    server.then(exchange -> stream(exchange, event("ADDED", "a", 5)));
    var taker = follow(3, 10);
    assertThat(taker.next().version()).isEqualTo(5);
    server.then(200, "{\"kind\":\"Status\",\"status\":\"Success\"}");

    var reply = write(new Mutation.Delete(Mutation.DeleteOptions.NONE)).toCompletableFuture();
    assertThatThrownBy(() -> reply.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    server.then(200, "{\"metadata\":{\"resourceVersion\":\"40\"},\"items\":[]}");
    join(resources.list(ListQuery.of(CONFIG_MAPS, null))).close();

    assertThat(reply.join())
        .isInstanceOfSatisfying(
            WriteReply.Removed.class, removed -> assertThat(removed.version()).isEqualTo(40));
  }

  @Test
  void silentWatchIsGivenUpWhenAWriteMustHaveShown() throws InterruptedException {
    server.then(exchange -> stream(exchange, event("ADDED", "a", 5)));
    var taker = follow(3, 10);
    assertThat(taker.next().version()).isEqualTo(5);
    server.then(200, object("a", 8));
    server.then(exchange -> stream(exchange, event("MODIFIED", "a", 8)));

    assertThat(join(write(new Mutation.Merge(ControllerJson.empty()))))
        .isInstanceOfSatisfying(
            WriteReply.Written.class, written -> assertThat(written.version()).isEqualTo(8));

    assertThat(taker.next().version()).isEqualTo(8);
    assertThat(server.requests().getLast()).contains("resourceVersion=5&");
  }

  @Test
  void whatIsWantedIsAppliedByItsManager() {
    server.then(201, object("a", 8));

    assertThat(join(write(new Mutation.Merge(ControllerJson.empty()))))
        .isInstanceOfSatisfying(
            WriteReply.Written.class,
            written -> assertThat(written.outcome()).isEqualTo(WriteReply.Outcome.CREATED));
    assertThat(server.requests())
        .containsExactly(
            "PATCH /api/v1/namespaces/default/configmaps/a?fieldManager=me&force=true");
  }

  @Test
  void refusalKeepsItsReasonAndCauses() {
    server.then(
        422,
        """
        {"kind":"Status","reason":"Invalid","code":422,"message":"no","details":{"causes":[
          {"reason":"FieldValueRequired","message":"Required value","field":"data"}]}}
        """);

    assertThat(join(write(new Mutation.Merge(ControllerJson.empty()))))
        .isInstanceOfSatisfying(
            WriteReply.Refused.class,
            refused -> {
              assertThat(refused.refusal().reason()).isEqualTo(StatusReason.INVALID);
              assertThat(Objects.requireNonNull(refused.refusal().details()).causes())
                  .singleElement()
                  .satisfies(
                      cause -> assertThat(cause.type()).isEqualTo(CauseType.FIELD_VALUE_REQUIRED));
            });
  }

  @Test
  void serverThatHasTooMuchToDoIsAskedAgainWhenItWants() {
    server.then(exchange -> {
      exchange.getResponseHeaders().add("Retry-After", "1");
      ScriptedServer.answer(exchange, 429, "{\"kind\":\"Status\",\"code\":429}");
    });
    server.then(200, object("a", 8));

    assertThat(join(write(new Mutation.Merge(ControllerJson.empty()))))
        .isInstanceOf(WriteReply.Written.class);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void writeThatNobodyTakesIsKnownNotToBeStored() {
    server.close();

    assertThat(join(write(new Mutation.Merge(ControllerJson.empty()))))
        .isInstanceOfSatisfying(
            WriteReply.Refused.class,
            refused -> {
              assertThat(refused.isNotStored()).isTrue();
              assertThat(refused.refusal().message())
                  .startsWith("nobody answers at the API server");
            });
  }

  private CompletionStage<WriteReply> write(Mutation mutation) {
    var options =
        new MutationRequest.Options(MutationRequest.FieldValidation.IGNORE, false, "me", List.of());
    return resources.write(
        new WriteRequest(
            new MutationRequest(
                KEY,
                "v1",
                Subresources.WHOLE,
                mutation,
                options,
                new MutationRequest.Facts(Instant.EPOCH, "", null)),
            WriteCause.user("test", "", "write"),
            "key",
            0,
            Instant.EPOCH));
  }

  private static void stream(com.sun.net.httpserver.HttpExchange exchange, String text)
      throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String event(String type, String name, long version) {
    return "{\"type\":\"" + type + "\",\"object\":" + object(name, version) + "}\n";
  }

  private static String large(long version) {
    return """
    {"type":"ADDED","object":{"apiVersion":"v1","kind":"ConfigMap","data":{"x":"%s"},\
    "metadata":{"name":"a","namespace":"default","uid":"1","resourceVersion":"%d"}}}
    """
        .formatted("x".repeat(64_000), version);
  }

  private static String object(String name, long version) {
    return """
    {"apiVersion":"v1","kind":"ConfigMap",\
    "metadata":{"name":"%s","namespace":"default","uid":"1","resourceVersion":"%d"}}\
    """
        .formatted(name, version);
  }

  private static String bookmark(long version) {
    return "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"ConfigMap\",\"metadata\":{\"resourceVersion\":\""
        + version
        + "\"}}}\n";
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
