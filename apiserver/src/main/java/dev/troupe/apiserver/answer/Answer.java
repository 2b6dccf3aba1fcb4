package dev.troupe.apiserver.answer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// What goes back to a client.
public sealed interface Answer {

  /// Bodies above this are made off the event loop.
  int LONG = 64 * 1024;

  /// A list: what is short is made at once, and what is long while it is sent.
  ///
  /// @param end see [Listing]
  static Answer ofParts(String contentType, long weight, Iterator<byte[]> parts, Runnable end) {
    return weight <= LONG
        ? Document.of(contentType, parts)
        : new Listing(contentType, weight, parts, end);
  }

  int code();

  String contentType();

  List<Header> headers();

  /// The same with one `Warning` header for each text.
  Answer withWarnings(List<String> warnings);

  private static List<Header> more(List<Header> headers, List<String> warnings) {
    var more = new ArrayList<>(headers);
    Warnings.headers(warnings).forEach(more::add);
    return List.copyOf(more);
  }

  /// A whole document. The parts of the body are sent one behind the other; they are shared and
  /// never modified.
  record Document(int code, String contentType, List<byte[]> body, List<Header> headers)
      implements Answer {

    public Document {
      body = List.copyOf(body);
      headers = List.copyOf(headers);
    }

    public Document(int code, String contentType, byte[] body) {
      this(code, contentType, List.of(body), List.of());
    }

    /// All parts, made at once.
    public static Document of(String contentType, Iterator<byte[]> parts) {
      var body = new ArrayList<byte[]>();
      parts.forEachRemaining(body::add);
      return new Document(200, contentType, body, List.of());
    }

    @Override
    public Document withWarnings(List<String> warnings) {
      return warnings.isEmpty()
          ? this
          : new Document(code, contentType, body, more(headers, warnings));
    }

    public long length() {
      long length = 0;
      for (byte[] part : body) {
        length += part.length;
      }
      return length;
    }
  }

  /// A long document that is made while it is sent.
  ///
  /// @param weight about as many bytes as the whole has
  /// @param parts of the body, which follow each other; made when they are asked for, off the event
  ///   loop
  /// @param end to be run when no more parts will be asked for; may be run again
  record Listing(
      String contentType, long weight, Iterator<byte[]> parts, Runnable end, List<Header> headers)
      implements Answer {

    public Listing(String contentType, long weight, Iterator<byte[]> parts, Runnable end) {
      this(contentType, weight, parts, end, List.of());
    }

    @Override
    public int code() {
      return 200;
    }

    @Override
    public Listing withWarnings(List<String> warnings) {
      return warnings.isEmpty()
          ? this
          : new Listing(contentType, weight, parts, end, more(headers, warnings));
    }
  }

  /// A body that comes bit by bit, until it or the client ends it.
  record Streaming(int code, String contentType, List<Header> headers, Source source)
      implements Answer {

    public Streaming(String contentType, Source source) {
      this(200, contentType, List.of(), source);
    }

    @Override
    public Streaming withWarnings(List<String> warnings) {
      return warnings.isEmpty()
          ? this
          : new Streaming(code, contentType, more(headers, warnings), source);
    }
  }

  record Header(String name, String value) {}

  /// Where a streamed body comes from.
  @FunctionalInterface
  interface Source {

    /// Begins to feed the sink. Called once, on the sink's own thread.
    void feed(Sink sink);
  }
}
