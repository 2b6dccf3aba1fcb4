package dev.troupe.apiserver.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.ShutdownEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// How a server parts from its clients. First nobody is taken in any more: the HTTP library ends
/// the listeners of event loops one after the other, goes on accepting meanwhile, and drops whom it
/// has accepted for none. Whoever is told to go comes again at once, and is to be refused then, so
/// that he asks elsewhere.
///
/// Then a connection of several streams ends in two steps (RFC 9113, 6.8): the client is told to
/// begin no more, and what was on its way when it heard that is answered still; a moment later it
/// is told which was the last. Told only that, it would find requests unanswered that it had sent
/// in between.
public final class Farewell {

  /// Longer than a request, or word of the end, is on its way.
  private static final long ON_THE_WAY_MILLIS = 1_000;

  /// A channel that is closed is the system's no more when its event loop has looked at all that it
  /// has once more: until then the system takes in whoever comes, and drops him then.
  private static final long LOOK_MILLIS = 50;

  /// Where connections come in, as they know it themselves.
  private final AtomicReference<@Nullable Channel> entrance = new AtomicReference<>();

  /// Every connection needs one.
  public void give(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      var here = base.channelHandlerContext();
      entrance.compareAndSet(null, here.channel().parent());
      if (here.handler() instanceof Http2ConnectionHandler frames) {
        here.pipeline()
            .addBefore(here.name(), Farewell.class.getSimpleName(), new OfStreams(frames, here));
      }
    }
  }

  /// Takes nobody in any more. To be called before the HTTP library ends; a second time it does
  /// nothing. Where nobody ever came, nobody is told to go.
  public CompletionStage<Void> begin() {
    var closed = new CompletableFuture<Void>();
    var known = entrance.getAndSet(null);
    if (known == null) {
      closed.complete(null);
    } else {
      known
          .close()
          .addListener(_ -> {
            var _ =
                known
                    .eventLoop()
                    .schedule(() -> closed.complete(null), LOOK_MILLIS, TimeUnit.MILLISECONDS);
          });
    }
    return closed;
  }

  private static final class OfStreams extends ChannelInboundHandlerAdapter {

    private final Http2ConnectionHandler frames;
    private final ChannelHandlerContext here;

    private OfStreams(Http2ConnectionHandler frames, ChannelHandlerContext here) {
      this.frames = frames;
      this.here = here;
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
}
