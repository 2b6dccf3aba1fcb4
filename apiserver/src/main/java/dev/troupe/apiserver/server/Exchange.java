package dev.troupe.apiserver.server;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.authentication.User;
import dev.troupe.apiserver.authorization.AccessRequest;
import dev.troupe.apiserver.call.Call;
import dev.troupe.apiserver.health.RequestAccount;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.MediaType;
import dev.troupe.apiserver.route.AllowedMethods;
import dev.troupe.apiserver.share.Gate;
import dev.troupe.apiserver.share.Holding;
import dev.troupe.apiserver.share.Visit;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.apiserver.wire.Delivery;
import dev.troupe.apiserver.wire.ResponseWriter;
import dev.troupe.apiserver.wire.StreamStart;
import dev.troupe.resources.mutation.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request, from its head to its answer. Lives on the event loop of its connection.
///
/// A request has its share of the server while it is carried out; that its answer is long on its
/// way takes nothing from others but what is bounded by itself: bytes, and time.
final class Exchange {

  private static final byte[] NO_BODY = {};
  private static final Refusal TOO_MANY =
      Refusal.tooManyRequests("Too many requests, please try again later.", 1);

  /// Of the deadline it waits so many parts at most to be carried out.
  private static final int WAITING_SHARE = 4;

  private static final long NO_TIMER = -1;
  private static final long REFUSED_STREAM = 7;

  private final Vertx vertx;
  private final Context context;
  private final Door door;
  private final Connections.State connection;
  private final HttpServerRequest http;
  private final Instant received;
  private final RequestAccount account;
  private @Nullable ApiRequest request;
  private final Holding holding;
  private @Nullable Delivery delivery;
  private String client = "";

  /// Ends a long answer that has not begun to be sent.
  private Runnable unsent = () -> {};

  private long timer = NO_TIMER;
  private boolean answered;
  private boolean bodyIsAwaited;
  private boolean finished;

  Exchange(
      Vertx vertx, Context context, Door door, Connections.State state, HttpServerRequest http) {
    this.vertx = vertx;
    this.context = context;
    this.door = door;
    this.connection = state;
    this.http = http;
    this.holding = new Holding(door.shares(), this::later);
    this.received = door.clock().instant();
    this.account = new RequestAccount(door.metrics(), door.traces(), received);
  }

  void begin() {
    if (connection.condemned()) {
      return;
    }
    connection.begin();
    http.exceptionHandler(_ -> lost());
    http.response().exceptionHandler(_ -> lost()).closeHandler(_ -> lost());
    try {
      var owner = connection.user(door.authenticator(), http.connection());
      if (owner.anonymous() && connection.requests() > door.limits().unknownEach()) {
        http.response().reset(REFUSED_STREAM);
        lost();
        return;
      }
      if (!speaksHttp()) {
        return;
      }
      var parsed = ApiRequest.parse(method(), HttpRules.target(http), http.headers()::get);
      request = parsed;
      User caller = door.authenticator().byRequest(owner, parsed.text("authorization"));
      if (caller.anonymous() && !parsed.asksForHealth() && !enterUnknown()) {
        return;
      }
      client = caller.name();
      User user = door.impersonation().of(caller, http.headers());
      door.authorizer().check(user, AccessRequest.of(parsed.target()));
      accept(parsed);
      if (parsed.writes()) {
        readBody(parsed, user);
      } else if (parsed.longRunning() || parsed.asksForHealth()) {
        carryOut(parsed, user, NO_BODY);
      } else {
        enter(gate(parsed), () -> carryOut(parsed, user, NO_BODY));
      }
    } catch (RefusedException e) {
      refuse(e.refusal());
    } catch (RuntimeException | StackOverflowError e) {
      answer(null, e);
    }
  }

  /// Checks the head as such, and answers what is only about HTTP.
  private boolean speaksHttp() {
    try {
      HttpRules.check(http);
    } catch (RefusedException e) {
      connection.condemn(http.version());
      refuse(e.refusal());
      return false;
    }
    bodyIsAwaited = HttpRules.awaitsContinue(http);
    if (method().equals("OPTIONS") && "*".equals(http.uri())) {
      var all = List.of(new Answer.Header("Allow", String.join(", ", AllowedMethods.ALL)));
      answer(new Answer.Document(200, MediaType.JSON, List.of(), all), null);
      return false;
    }
    return true;
  }

  private String method() {
    return http.method().name();
  }

  private Gate gate(ApiRequest parsed) {
    return parsed.asksAboutServer() ? door.shares().looks() : door.shares().reads();
  }

  private boolean enterUnknown() {
    if (holding.enterUnknown()) {
      return true;
    }
    refuse(TOO_MANY);
    return false;
  }

  /// Does the work when there is a place for it.
  private void enter(Gate gate, Runnable work) {
    take(holding.place(gate, client, work));
  }

  private void take(Visit visit) {
    switch (visit.take()) {
      case INSIDE -> {}
      case WAITING -> {
        long patience = door.limits().periods().deadline().toMillis() / WAITING_SHARE;
        long timeIsUp = vertx.setTimer(patience, _ -> refuse(TOO_MANY));
        visit.whenWaited(() -> vertx.cancelTimer(timeIsUp));
      }
      case REFUSED -> refuse(TOO_MANY);
    }
  }

  /// It may be carried out: it gets its place in a trace, and a deadline.
  private void accept(ApiRequest parsed) {
    account.begin(parsed);
    if (!parsed.longRunning()) {
      timer =
          vertx.setTimer(
              door.limits().periods().deadline().toMillis(),
              _ -> {
                timer = NO_TIMER;
                refuse(Refusals.deadline());
              });
    }
  }

  private void readBody(ApiRequest parsed, User user) {
    if (HttpRules.declaredBytes(http) > door.limits().bodyBytes()) {
      refuse(Refusals.bodyTooLarge(door.limits().bodyBytes()));
    } else if (bodyIsAwaited) {
      bodyIsAwaited = false;
      http.response().writeContinue();
    }
    var body = Buffer.buffer();
    var read = new long[1];
    http.handler(part -> {
      read[0] += part.length();
      if (!answered && take(part, read[0])) {
        body.appendBuffer(part);
      } else if (read[0] > 4L * door.limits().bodyBytes()) {
        http.connection().close();
      }
    });
    http.endHandler(_ -> {
      if (!answered) {
        enter(door.shares().writes(), () -> carryOut(parsed, user, body.getBytes()));
      }
    });
  }

  /// Whether there is room for a part of the body.
  private boolean take(Buffer part, long read) {
    if (read > door.limits().bodyBytes()) {
      refuse(Refusals.bodyTooLarge(door.limits().bodyBytes()));
      return false;
    }
    if (!holding.takeBody(part.length())) {
      refuse(TOO_MANY);
      return false;
    }
    return true;
  }

  private void carryOut(ApiRequest parsed, User user, byte[] body) {
    boolean isLong = body.length > Answer.LONG;
    var call =
        new Call(
            parsed,
            user,
            body,
            isLong ? door.workers() : this::onLoop,
            door.workers(),
            received,
            received.plus(door.limits().periods().work()),
            account.trace());
    try {
      var stage =
          isLong
              ? call.offLoop(() -> door.handler().handle(call)).thenCompose(answer -> answer)
              : door.handler().handle(call);
      if (stage.toCompletableFuture().isDone()) {
        var _ = stage.whenComplete(this::answer);
      } else {
        var _ = stage.whenComplete((answer, failure) -> onLoop(() -> answer(answer, failure)));
      }
    } catch (RuntimeException | StackOverflowError e) {
      answer(null, e);
    }
  }

  private void onLoop(Runnable work) {
    if (context.equals(Vertx.currentContext())) {
      work.run();
    } else {
      later(work);
    }
  }

  private void later(Runnable work) {
    context.runOnContext(_ -> work.run());
  }

  private void answer(@Nullable Answer answer, @Nullable Throwable failure) {
    if (answered) {
      return;
    }
    switch (answer) {
      case null ->
          refuse(FailureAnswers.refusal(failure, method() + " " + http.path(), door.bugs()));
      case Answer.Document document -> {
        settle(document.code());
        deliver(writer().write(http, request, document, this::finish));
      }
      case Answer.Listing listing -> {
        unsent = listing.end();
        take(holding.answer(listing.weight(), client, () -> send(listing)));
      }
      case Answer.Streaming streaming -> {
        settle(streaming.code());
        StreamStart.begin(vertx, context, http, streaming, door.streams(), client, this::finish);
      }
    }
  }

  private void send(Answer.Listing listing) {
    if (!answered) {
      settle(listing.code());
      unsent = () -> {};
      deliver(writer().write(http, request, listing, this::finish));
    }
  }

  private void refuse(Refusal refusal) {
    if (!answered) {
      var allowed = FailureAnswers.allowed(refusal, http, door.methods());
      var document = FailureAnswers.document(refusal, request, allowed);
      settle(document.code());
      deliver(writer().write(http, request, document, this::finish));
    }
  }

  private ResponseWriter writer() {
    return new ResponseWriter(context, door.workers());
  }

  private void deliver(Delivery started) {
    delivery = started;
    connection.sends(started);
  }

  /// The answer is known: what carrying out has taken is given back.
  private void settle(int code) {
    answered = true;
    if (bodyIsAwaited) {
      // What comes next may be the body, or not.
      connection.condemn(http.version());
    }
    account.answered(request, code);
    giveBack();
  }

  private void giveBack() {
    holding.answered();
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
      timer = NO_TIMER;
    }
  }

  /// The client has gone.
  private void lost() {
    answered = true;
    if (delivery != null) {
      delivery.lost();
    }
    finish();
  }

  private void finish() {
    if (finished) {
      return;
    }
    finished = true;
    answered = true;
    account.lost();
    unsent.run();
    giveBack();
    connection.end();
    connection.sent(delivery);
    holding.end();
    if (connection.condemned()) {
      http.connection().close();
    }
  }
}
