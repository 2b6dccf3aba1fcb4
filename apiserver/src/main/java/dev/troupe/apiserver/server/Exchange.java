package dev.troupe.apiserver.server;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.authentication.User;
import dev.troupe.apiserver.authorization.AccessRequest;
import dev.troupe.apiserver.call.Call;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.apiserver.wire.ResponseWriter;
import dev.troupe.apiserver.wire.StreamStart;
import dev.troupe.resources.mutation.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One request, from its head to its answer. Lives on the event loop of its connection.
final class Exchange {

  private static final byte[] NO_BODY = {};
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Context context;
  private final Door door;
  private final Connections.State connection;
  private final HttpServerRequest http;
  private final long began = System.nanoTime();
  private final Instant received;
  private @Nullable ApiRequest request;
  private RequestsInFlight.@Nullable Gate gate;
  private long timer = NO_TIMER;
  private boolean answered;
  private boolean finished;

  Exchange(
      Vertx vertx, Context context, Door door, Connections.State state, HttpServerRequest http) {
    this.vertx = vertx;
    this.context = context;
    this.door = door;
    this.connection = state;
    this.http = http;
    this.received = door.clock().instant();
  }

  void begin() {
    connection.begin();
    http.exceptionHandler(_ -> finish());
    http.response().exceptionHandler(_ -> finish()).closeHandler(_ -> finish());
    try {
      var parsed = ApiRequest.parse(http.method().name(), http.uri(), http.headers()::get);
      request = parsed;
      User caller =
          door.authenticator()
              .byRequest(
                  connection.user(door.authenticator(), http.connection()),
                  parsed.text("authorization"));
      User user = door.impersonation().of(caller, http.headers());
      door.authorizer().check(user, AccessRequest.of(parsed.target()));
      if (!parsed.longRunning() && !enter(parsed)) {
        return;
      }
      if (parsed.writes()) {
        readBody(parsed, user);
      } else {
        carryOut(parsed, user, NO_BODY);
      }
    } catch (RefusedException e) {
      refuse(e.refusal());
    }
  }

  private boolean enter(ApiRequest parsed) {
    gate = door.inFlight().enter(parsed);
    if (gate == null) {
      refuse(Refusal.tooManyRequests("Too many requests, please try again later.", 1));
      return false;
    }
    timer =
        vertx.setTimer(
            door.limits().deadline().toMillis(),
            _ -> {
              timer = NO_TIMER;
              refuse(Refusals.deadline());
            });
    return true;
  }

  private void readBody(ApiRequest parsed, User user) {
    int limit = door.limits().bodyBytes();
    var body = Buffer.buffer();
    var read = new long[1];
    http.handler(part -> {
      read[0] += part.length();
      if (read[0] <= limit) {
        body.appendBuffer(part);
      } else {
        refuse(Refusals.bodyTooLarge(limit));
        if (read[0] > 4L * limit) {
          http.connection().close();
        }
      }
    });
    http.endHandler(_ -> {
      if (!answered) {
        carryOut(parsed, user, body.getBytes());
      }
    });
  }

  private void carryOut(ApiRequest parsed, User user, byte[] body) {
    var call =
        new Call(
            parsed,
            user,
            body,
            work -> context.runOnContext(_ -> work.run()),
            door.workers(),
            received,
            received.plus(door.limits().deadline()));
    try {
      var stage = door.handler().handle(call).toCompletableFuture();
      if (stage.isDone()) {
        var _ = stage.whenComplete(this::answer);
      } else {
        var _ =
            stage.whenComplete(
                (answer, failure) -> context.runOnContext(_ -> answer(answer, failure)));
      }
    } catch (RuntimeException | StackOverflowError e) {
      answer(null, e);
    }
  }

  private void answer(@Nullable Answer answer, @Nullable Throwable failure) {
    if (answered) {
      return;
    }
    if (answer == null) {
      refuse(FailureAnswers.refusal(failure, describe(), door.errorIds()));
      return;
    }
    answered = true;
    switch (answer) {
      case Answer.Document document -> write(document);
      case Answer.Streaming streaming -> {
        count(streaming.code());
        StreamStart.begin(vertx, context, http, streaming, door.streams(), this::finish);
      }
    }
  }

  private void refuse(Refusal refusal) {
    if (!answered) {
      answered = true;
      write(FailureAnswers.document(refusal, request));
    }
  }

  private void write(Answer.Document document) {
    count(document.code());
    ResponseWriter.write(http, request, document).onComplete(_ -> finish());
  }

  private void count(int code) {
    door.metrics().count(request, code, System.nanoTime() - began);
  }

  private String describe() {
    return http.method().name() + " " + http.path();
  }

  private void finish() {
    if (finished) {
      return;
    }
    finished = true;
    answered = true;
    connection.end();
    if (gate != null) {
      gate.leave();
    }
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
    }
  }
}
