package dev.troupe.apiserver.wire;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.request.ApiRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Writes documents as HTTP responses.
public final class ResponseWriter {

  /// Smaller bodies are not worth the time.
  private static final int WORTH_COMPRESSING = 128 * 1024;

  private ResponseWriter() {}

  public static Future<Void> write(
      HttpServerRequest http, @Nullable ApiRequest request, Answer.Document document) {
    HttpServerResponse response = http.response();
    if (response.ended() || response.closed()) {
      return Future.succeededFuture();
    }
    response.setStatusCode(document.code());
    response.putHeader(HttpHeaders.CONTENT_TYPE, document.contentType());
    for (var header : document.headers()) {
      response.headers().add(header.name(), header.value());
    }
    response.putHeader("Cache-Control", "no-cache, private");
    if (document.code() == 304) {
      return response.end();
    }
    boolean gzip = document.length() >= WORTH_COMPRESSING && wantsGzip(request);
    Buffer body = gzip ? compressed(document) : joined(document);
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      response.putHeader(HttpHeaders.VARY, "Accept-Encoding");
    }
    if (request != null && request.method().equals("HEAD")) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      return response.end();
    }
    return response.end(body);
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

  private static Buffer compressed(Answer.Document document) {
    var bytes = new ByteArrayOutputStream((int) (document.length() / 4));
    try (var gzip = new FastGzip(bytes)) {
      for (byte[] part : document.body()) {
        gzip.write(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  /// Speed counts for more than size between a server and its clients.
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
