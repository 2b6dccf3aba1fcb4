package dev.troupe.benchmarks.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// A body that has been read: how long it was, and how it began. Its end is forgotten, so that
/// reading costs the client little.
public record ReadBody(String head, long bytes) {

  private static final int HEAD = 4_096;
  private static final Pattern VERSION = Pattern.compile("\"resourceVersion\":\"(\\d+)\"");
  private static final Pattern CONTINUE = Pattern.compile("\"continue\":\"([^\"]*)\"");

  /// @param response paused, so that its end is not there before somebody waits for it
  static Future<ReadBody> of(HttpClientResponse response) {
    Promise<ReadBody> done = Promise.promise();
    var head = Buffer.buffer();
    var bytes = new long[1];
    response.handler(piece -> {
      bytes[0] += piece.length();
      if (head.length() < HEAD) {
        head.appendBuffer(piece, 0, Math.min(piece.length(), HEAD - head.length()));
      }
    });
    response.exceptionHandler(done::tryFail);
    response.endHandler(
        _ -> done.tryComplete(new ReadBody(head.toString(StandardCharsets.UTF_8), bytes[0])));
    response.resume();
    return done.future();
  }

  /// Of the object, or of the list.
  public long version() {
    var matcher = VERSION.matcher(head);
    if (!matcher.find()) {
      throw new IllegalStateException("no resourceVersion in " + head);
    }
    return Long.parseLong(matcher.group(1));
  }

  /// The token for the next page; empty if there is none.
  public String nextPage() {
    var matcher = CONTINUE.matcher(head);
    return matcher.find() ? matcher.group(1) : "";
  }
}
