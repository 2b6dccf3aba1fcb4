package dev.troupe.apiserver.conversion;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.codec.JsonEncoder;
import dev.troupe.resources.conversion.ConversionHook;
import dev.troupe.resources.conversion.ConversionRefused;
import dev.troupe.resources.conversion.ConversionReview;
import dev.troupe.resources.conversion.Converter;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.failure.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Has objects brought into another version, some at a time. Safe for any number of threads.
public final class Conversions {

  /// So many objects go into one review.
  static final int MOST = 500;

  /// Of about so many bytes.
  static final long MOST_BYTES = 4L << 20;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ConversionCall call;
  private final Supplier<String> ids;
  private final Executor workers;

  /// @param ids of reviews, each only once
  /// @param workers where answers are read
  public Conversions(ConversionCall call, Supplier<String> ids, Executor workers) {
    this.call = call;
    this.ids = ids;
    this.workers = workers;
  }

  Executor workers() {
    return workers;
  }

  /// All objects in one version, in their order, without what it does not have.
  ///
  /// @param kind of the objects, which names who converts them
  /// @return fails with [RefusedException], in Kubernetes' words
  CompletionStage<List<ObjectNode>> convert(
      Kind kind, List<ObjectNode> objects, String apiVersion) {
    var result = new ArrayList<>(objects);
    var places = new ArrayList<Integer>();
    for (int i = 0; i < objects.size(); i++) {
      var object = objects.get(i);
      if (!Converter.isIn(object, apiVersion)) {
        if (Json.has(object, "metadata")) {
          places.add(i);
        } else {
          result.set(i, Json.shallow(object).put("apiVersion", apiVersion));
        }
      }
    }
    return places.isEmpty()
        ? CompletableFuture.completedFuture(result)
        : convert(new Work(kind, apiVersion, result, places), 0);
  }

  /// @param places of those that are to be converted
  private record Work(
      Kind kind, String apiVersion, List<ObjectNode> objects, List<Integer> places) {

    /// The end of what goes into one review.
    int end(int begin) {
      long bytes = 0;
      int end = begin;
      while (end < places.size() && end - begin < MOST && (end == begin || bytes < MOST_BYTES)) {
        bytes += Json.weight(objects.get(places.get(end)));
        end++;
      }
      return end;
    }
  }

  private CompletionStage<List<ObjectNode>> convert(Work work, int begin) {
    if (begin == work.places().size()) {
      return CompletableFuture.completedFuture(work.objects());
    }
    int end = work.end(begin);
    var places = work.places().subList(begin, end);
    var sent = places.stream().map(work.objects()::get).toList();
    return review(work.kind(), sent, work.apiVersion())
        .thenCompose(converted -> {
          for (int i = 0; i < places.size(); i++) {
            work.objects().set(places.get(i), work.kind().fitted(converted.get(i)));
          }
          return convert(work, end);
        });
  }

  private CompletionStage<List<ObjectNode>> review(
      Kind kind, List<ObjectNode> objects, String apiVersion) {
    var hook = kind.conversionHook().orElseThrow();
    var version = ConversionReview.version(hook.reviews());
    if (version.isEmpty()) {
      return CompletableFuture.failedFuture(
          new RefusedException(
              new Refusal(
                  StatusReason.UNKNOWN, "no supported conversion review versions", null, 0)));
    }
    var review = new ConversionReview(version.get(), ids.get(), apiVersion, objects);
    return post(hook, review)
        .thenApplyAsync(answer -> review.converted(read(answer)), workers)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(said(review, Failures.cause(failure))));
  }

  private CompletionStage<byte[]> post(ConversionHook hook, ConversionReview review) {
    try {
      return call.post(hook, JsonEncoder.encode(review.request()));
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private static JsonNode read(byte[] answer) {
    try {
      return JSON.readTree(answer);
    } catch (JacksonException _) {
      throw new HookFailure("couldn't get version/kind; json parse error: the answer is no JSON");
    }
  }

  private static Throwable said(ConversionReview review, Throwable failure) {
    return switch (failure) {
      case HookFailure hook -> refused(review.failed(String.valueOf(hook.getMessage())));
      case ConversionRefused no -> refused(no);
      default -> failure;
    };
  }

  private static RefusedException refused(ConversionRefused refused) {
    var message = String.valueOf(refused.getMessage());
    return new RefusedException(new Refusal(StatusReason.UNKNOWN, message, null, 0));
  }
}
