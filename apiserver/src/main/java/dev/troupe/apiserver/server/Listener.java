package dev.troupe.apiserver.server;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.apiserver.wire.Farewell;
import dev.troupe.apiserver.wire.ResponseWriter;
import dev.troupe.resources.mutation.Refusal;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One event loop's share of the server: accepts connections and begins exchanges.
final class Listener extends VerticleBase {

  private static final long PROOF_MILLIS = 1_000;

  /// The most that is read from a connection at once.
  private static final int READ = 64 << 10;

  private final HttpServerOptions options;
  private final SocketAddress address;
  private final Door door;
  private final AtomicInteger connectionCount;
  private final Farewell farewell;
  private final AtomicInteger port;
  private @Nullable HttpServer server;

  /// @param farewell of the server
  /// @param port is set to the port that the server listens on
  Listener(
      HttpServerOptions options,
      SocketAddress address,
      Door door,
      AtomicInteger connectionCount,
      Farewell farewell,
      AtomicInteger port) {
    this.options = options;
    this.address = address;
    this.door = door;
    this.connectionCount = connectionCount;
    this.farewell = farewell;
    this.port = port;
  }

  @Override
  public Future<?> start() {
    var connections = new Connections(connectionCount, farewell, door.limits());
    connections.watchOver(vertx);
    vertx.setPeriodic(PROOF_MILLIS, _ -> proveThatItCanRead());
    context.exceptionHandler(failure -> door.bugs().log("an event loop", failure));
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(connection -> {
              readVersions(connection);
              connections.opened(connection);
            })
            .invalidRequestHandler(this::refuseInvalid)
            .requestHandler(http ->
                new Exchange(vertx, context, door, connections.of(http.connection()), http)
                    .begin());
    return server.listen(address).onSuccess(listening -> port.set(listening.actualPort()));
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.shutdown(5, TimeUnit.SECONDS);
  }

  /// For want of memory the connections of this event loop fail one after the other, and whoever
  /// catches that says nothing. Here it is an error that is seen: pools live on the same memory.
  private static void proveThatItCanRead() {
    UnpooledByteBufAllocator.DEFAULT.directBuffer(READ).release();
  }

  /// The HTTP library refuses versions that it does not know, in its own words and too many.
  private static void readVersions(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      var here = base.channelHandlerContext();
      if (here.pipeline().get(HttpRequestDecoder.class) != null) {
        here.pipeline().addBefore(here.name(), "versions", new Versions());
      }
    }
  }

  /// What is HTTP/1 is at least HTTP/1.1 to whoever does not know more; what is not, is refused.
  private static final class Versions extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
        var version = request.protocolVersion();
        if (version.majorVersion() != 1) {
          request.setDecoderResult(DecoderResult.failure(new UnknownVersionException()));
        }
        if (version.majorVersion() != 1 || version.minorVersion() > 1) {
          // It is what the answer is in.
          request.setProtocolVersion(HttpVersion.HTTP_1_1);
        }
      }
      context.fireChannelRead(message);
    }
  }

  private static final class UnknownVersionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownVersionException() {
      super("unsupported protocol version", null, false, false);
    }
  }

  private void refuseInvalid(HttpServerRequest http) {
    Throwable cause = http.decoderResult().cause();
    Refusal refusal;
    if (cause instanceof UnknownVersionException) {
      refusal =
          new Refusal(
              StatusReason.HTTP_VERSION_NOT_SUPPORTED, "unsupported protocol version", null, 0);
    } else if (cause instanceof TooLongHttpLineException) {
      refusal =
          new Refusal(StatusReason.REQUEST_URI_TOO_LONG, "the request URI is too long", null, 0);
    } else if (cause instanceof TooLongHttpHeaderException) {
      refusal =
          new Refusal(
              StatusReason.REQUEST_HEADER_FIELDS_TOO_LARGE,
              "the request headers are too large",
              null,
              0);
    } else {
      refusal = Refusal.badRequest("the request is not valid HTTP");
    }
    new ResponseWriter(context, door.workers())
        .write(
            http,
            null,
            FailureAnswers.document(refusal, null, List.of()),
            () -> http.connection().close());
  }
}
