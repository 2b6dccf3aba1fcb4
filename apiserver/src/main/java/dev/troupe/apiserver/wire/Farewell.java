package dev.troupe.apiserver.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.ShutdownEvent;
import java.util.concurrent.TimeUnit;

/// Ends a connection of several streams in two steps (RFC 9113, 6.8): the client is told to begin
/// no more, and what was on its way when it heard that is answered still; a moment later it is told
/// which was the last. Told only that, it would find requests unanswered that it had sent in
/// between.
public final class Farewell extends ChannelInboundHandlerAdapter {

  /// Longer than a request, or word of the end, is on its way.
  private static final long ON_THE_WAY_MILLIS = 1_000;

  private final Http2ConnectionHandler frames;
  private final ChannelHandlerContext here;

  private Farewell(Http2ConnectionHandler frames, ChannelHandlerContext here) {
    this.frames = frames;
    this.here = here;
  }

  /// Every connection of several streams needs one.
  public static void give(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      var here = base.channelHandlerContext();
      if (here.handler() instanceof Http2ConnectionHandler frames) {
        here.pipeline()
            .addBefore(here.name(), Farewell.class.getSimpleName(), new Farewell(frames, here));
      }
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ShutdownEvent) {
      goAway(Integer.MAX_VALUE);
      var _ =
          context
              .executor()
              .schedule(() -> end(context, event), ON_THE_WAY_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  private void end(ChannelHandlerContext context, Object event) {
    if (context.channel().isActive()) {
      goAway(frames.connection().remote().lastStreamCreated());
      context.fireUserEventTriggered(event);
    }
  }

  private void goAway(int last) {
    var _ =
        frames.goAway(
            here, last, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, here.newPromise());
    here.flush();
  }
}
