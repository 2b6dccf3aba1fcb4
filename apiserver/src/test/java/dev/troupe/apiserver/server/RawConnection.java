package dev.troupe.apiserver.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A TLS connection whose client writes any bytes, frames of HTTP/2 among them.
final class RawConnection implements AutoCloseable {

  static final int END_OF_STREAM = 1;

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RESET = 3;
  static final int SETTINGS = 4;
  static final int GO_AWAY = 7;

  private static final int PRIORITY = 0x20;
  private static final int PATIENCE_MILLIS = 10_000;

  private final SSLSocket socket;
  private final OutputStream out;
  private final DataInputStream in;

  /// A frame of HTTP/2; `code` is that of an error, if the frame has one.
  record Frame(int type, int stream, byte[] payload) {

    int code() {
      int at = type == GO_AWAY ? 4 : 0;
      return ((payload[at] & 0xff) << 24)
          | ((payload[at + 1] & 0xff) << 16)
          | ((payload[at + 2] & 0xff) << 8)
          | (payload[at + 3] & 0xff);
    }
  }

  /// @param protocol `h2` or `http/1.1`
  RawConnection(TestServer server, TestCertificates.@Nullable Identity identity, String protocol)
      throws IOException {
    socket =
        (SSLSocket)
            server
                .certificates
                .context(identity)
                .getSocketFactory()
                .createSocket("127.0.0.1", server.server.port());
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.startHandshake();
    out = socket.getOutputStream();
    in = new DataInputStream(socket.getInputStream());
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Begins HTTP/2.
  ///
  /// @param window how many bytes of a body the server may send unasked
  void preface(int window) throws IOException {
    send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    var settings = new byte[] {0, 4, 0, 0, 0, 0};
    settings[2] = (byte) (window >>> 24);
    settings[3] = (byte) (window >>> 16);
    settings[4] = (byte) (window >>> 8);
    settings[5] = (byte) window;
    frame(SETTINGS, 0, 0, settings);
  }

  void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    var frame = new ByteArrayOutputStream();
    frame.write(payload.length >>> 16);
    frame.write(payload.length >>> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.write(stream >>> 24);
    frame.write(stream >>> 16);
    frame.write(stream >>> 8);
    frame.write(stream);
    frame.write(payload);
    send(frame.toByteArray());
  }

  /// The head of a request: names and values by turns.
  void head(int stream, boolean end, String... headers) throws IOException {
    var block = new ByteArrayOutputStream();
    for (int i = 0; i < headers.length; i += 2) {
      block.write(0);
      literal(block, headers[i]);
      literal(block, headers[i + 1]);
    }
    frame(HEADERS, end ? 5 : 4, stream, block.toByteArray());
  }

  void get(int stream, String path) throws IOException {
    head(stream, true, ":method", "GET", ":scheme", "https", ":authority", "a", ":path", path);
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length >= 127) {
      throw new IllegalArgumentException("longer than these tests need: " + text);
    }
    block.write(bytes.length);
    block.writeBytes(bytes);
  }

  /// The next frame; null at the end of the connection.
  @Nullable Frame next() throws IOException {
    try {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = in.readNBytes(length);
      boolean prioritized = type == HEADERS && (flags & PRIORITY) != 0;
      return new Frame(
          type, stream, prioritized ? Arrays.copyOfRange(payload, 5, length) : payload);
    } catch (EOFException | java.net.SocketException | javax.net.ssl.SSLException _) {
      return null;
    }
  }

  /// All frames until the server closes the connection.
  List<Frame> untilClosed() throws IOException {
    var frames = new ArrayList<Frame>();
    for (var frame = next(); frame != null; frame = next()) {
      frames.add(frame);
    }
    return frames;
  }

  /// The first frame of this type.
  Frame await(int type) throws IOException {
    for (var frame = next(); frame != null; frame = next()) {
      if (frame.type == type) {
        return frame;
      }
    }
    throw new EOFException("closed before a frame of type " + type);
  }

  /// The first line that the server says.
  String begin() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\r'; b = in.read()) {
      line.append((char) b);
    }
    return line.toString();
  }

  /// What the server has to say until it closes, or until it says nothing for a while.
  String text(int quietMillis) throws IOException {
    socket.setSoTimeout(quietMillis);
    var text = new ByteArrayOutputStream();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        text.write(b);
      }
      text.writeBytes("<closed>".getBytes(StandardCharsets.ISO_8859_1));
    } catch (SocketTimeoutException _) {
      // still open
    } catch (java.net.SocketException | javax.net.ssl.SSLException _) {
      text.writeBytes("<closed>".getBytes(StandardCharsets.ISO_8859_1));
    }
    return text.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
