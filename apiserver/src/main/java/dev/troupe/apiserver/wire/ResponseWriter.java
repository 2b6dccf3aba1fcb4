package dev.troupe.apiserver.wire;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.request.ApiRequest;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Writes documents as HTTP responses: short ones at once, long ones in pieces.
///
/// @param workers makes long bodies
public record ResponseWriter(Context context, Executor workers) {

  /// Smaller bodies are not worth the time.
  private static final int WORTH_COMPRESSING = 128 * 1024;

  private static final Buffer NOTHING = Buffer.buffer();

  /// @param over called once when the answer has been taken or broken off
  public Delivery write(
      HttpServerRequest http,
      @Nullable ApiRequest request,
      Answer.Document document,
      Runnable over) {
    var delivery = new Delivery(http, over);
    HttpServerResponse response = http.response();
    if (response.ended() || response.closed()) {
      delivery.lost();
      return delivery;
    }
    head(response, document);
    long length = document.length();
    if (document.code() == 304) {
      delivery.last(NOTHING);
    } else if (length <= PieceBuffers.SIZE) {
      body(delivery, request, joined(document));
    } else {
      boolean gzip = length >= WORTH_COMPRESSING && wantsGzip(request);
      if (!gzip) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
      }
      longBody(delivery, request, document.body().iterator(), () -> {}, gzip);
    }
    return delivery;
  }

  /// As [#write] for a body whose length is not known.
  public Delivery write(
      HttpServerRequest http, @Nullable ApiRequest request, Answer.Listing listing, Runnable over) {
    var delivery = new Delivery(http, over);
    HttpServerResponse response = http.response();
    if (response.ended() || response.closed()) {
      listing.end().run();
      delivery.lost();
      return delivery;
    }
    head(response, listing);
    boolean gzip = listing.weight() >= WORTH_COMPRESSING && wantsGzip(request);
    longBody(delivery, request, listing.parts(), listing.end(), gzip);
    return delivery;
  }

  private static void head(HttpServerResponse response, Answer answer) {
    response.setStatusCode(answer.code());
    response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
    for (var header : answer.headers()) {
      response.headers().add(header.name(), header.value());
    }
    response.putHeader("Cache-Control", "no-cache, private");
  }

  private static void body(Delivery delivery, @Nullable ApiRequest request, Buffer body) {
    if (isHead(request)) {
      delivery.response().putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      delivery.last(NOTHING);
    } else {
      delivery.last(body);
    }
  }

  private void longBody(
      Delivery delivery,
      @Nullable ApiRequest request,
      Iterator<byte[]> parts,
      Runnable end,
      boolean gzip) {
    HttpServerResponse response = delivery.response();
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      response.putHeader(HttpHeaders.VARY, "Accept-Encoding");
    }
    if (isHead(request)) {
      end.run();
      delivery.last(NOTHING);
      return;
    }
    if (!response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      response.setChunked(true);
    }
    workers.execute(new LongBody(context, delivery, parts, end, gzip));
  }

  private static boolean isHead(@Nullable ApiRequest request) {
    return request != null && request.method().equals("HEAD");
  }

  private static boolean wantsGzip(@Nullable ApiRequest request) {
    if (request == null) {
      return false;
    }
    for (String coding : request.text("accept-encoding").split(",", -1)) {
      String token = coding.strip();
      if (token.equals("gzip") || (token.startsWith("gzip;") && !token.endsWith("q=0"))) {
        return true;
      }
    }
    return false;
  }

  private static Buffer joined(Answer.Document document) {
    if (document.body().size() == 1) {
      return Buffer.buffer(document.body().getFirst());
    }
    var joined = Buffer.buffer(Math.toIntExact(document.length()));
    document.body().forEach(joined::appendBytes);
    return joined;
  }
}
