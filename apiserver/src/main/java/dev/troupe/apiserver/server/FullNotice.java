package dev.troupe.apiserver.server;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.http2.Http2Connection;
import io.vertx.core.net.impl.ConnectionBase;

/// Says at once that a connection has no room for more. Through TLS that is said a moment later,
/// and not at all if there is room again by then: a stream of HTTP/2 that began, or was given room
/// by its client, in between is told neither that it must wait nor that it need not any more, and
/// waits for good.
final class FullNotice extends ChannelDuplexHandler {

  private boolean writable = true;

  /// Every connection of several streams needs one.
  static void give(HttpConnection connection) {
    if (connection instanceof ConnectionBase base && isOfStreams(base)) {
      var pipeline = base.channel().pipeline();
      var tls = pipeline.context(SslHandler.class);
      if (tls != null) {
        pipeline.addAfter(tls.name(), FullNotice.class.getSimpleName(), new FullNotice());
      }
    }
  }

  private static boolean isOfStreams(ConnectionBase base) {
    return base instanceof Http2Connection;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    var _ = context.write(message, promise);
    if (writable && !context.channel().isWritable()) {
      writable = false;
      context.fireChannelWritabilityChanged();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    writable = context.channel().isWritable();
    context.fireChannelWritabilityChanged();
  }
}
