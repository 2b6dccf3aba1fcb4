package dev.troupe.apiserver.answer;

import java.time.Duration;
import java.util.concurrent.Executor;

/// The client's end of a stream. All methods are called on [#thread()], and so are all callbacks.
public interface Sink {

  /// Runs work on the one thread of this stream, in order.
  Executor thread();

  /// Sends a frame: one watch event, or some lines of a log. Frames reach the client whole.
  void send(byte[] frame);

  /// Sends out what [#send] may have held back to send it together.
  void flush();

  /// Whether so much is waiting to be sent, or to be flushed, that no more should be sent before
  /// [#onDrain].
  boolean full();

  void onDrain(Runnable callback);

  /// How many bytes the client has taken since the beginning.
  long taken();

  /// Called once when the stream is over for whatever reason but [#end()].
  void onClose(Runnable callback);

  /// Ends the stream cleanly, behind what has been sent.
  void end();

  /// Breaks the stream off, so that the client can see that something is missing.
  void fail();

  /// Calls back once after a while, unless the stream is over by then.
  void after(Duration delay, Runnable callback);
}
