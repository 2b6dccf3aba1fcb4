package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.apiserver.server.RawConnection.Frame;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that are not quite what clients usually send, and what RFC 9110, 9112 and 9113 want of a
/// server then.
@Timeout(60)
class HttpOdditiesTest {

  /// So long nothing is said on a connection that stays open.
  private static final int QUIET_MILLIS = 400;

  /// So long the end of one is waited for.
  private static final int PATIENCE_MILLIS = 10_000;

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    server.post("/api/v1/namespaces/default/configmaps", configMap("there"));
    server.post(
        "/api/v1/namespaces/default/pods",
        """
        {"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}
        """);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  // the head, its lines separated by semicolons | status, and what becomes of the connection
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /version HTTP/1.1; Host: a                                       | 200 open
          HEAD /version HTTP/1.1; Host: a                                      | 200 open
          GET /version HTTP/1.1; Host: a; Connection: close                    | 200 closed
          GET /version HTTP/1.1; Host:                                         | 200 open
          GET /version HTTP/1.1; Host: [::1]:6443                              | 200 open
          GET /version HTTP/1.1                                                | 400 closed
          GET /version HTTP/1.1; Host: a; Host: b                              | 400 closed
          GET /version HTTP/1.1; Host: a; Host: a                              | 400 closed
          GET /version HTTP/1.1; Host: a b                                     | 400 closed
          GET /version HTTP/1.1; Host: a@b                                     | 400 closed
          GET /version HTTP/1.1; Host: a#b                                     | 400 closed
          GET /version HTTP/1.1; Host: a/b                                     | 400 closed
          GET /version HTTP/1.1; Host : a                                      | 400 closed
          GET /version HTTP/1.1; Host: a; x y: z                               | 400 closed
          GET /version HTTP/1.1; Host: a; : z                                  | 400 closed
          GET /version HTTP/1.1; Host: a; nothing                              | 400 closed
          GET /version HTTP/1.0                                                | 200 closed
          GET /version HTTP/1.0; Connection: keep-alive                        | 200 open
          GET /version HTTP/1.2; Host: a                                       | 200 open
          GET /version HTTP/0.9; Host: a                                       | 505 closed
          GET /version HTTP/2.0; Host: a                                       | 505 closed
          GET /version HTTP/3.0; Host: a                                       | 505 closed
          GET /version                                                         | 400 closed
          GET https://a/version HTTP/1.1; Host: a                              | 200 open
          GET HTTP://a/version HTTP/1.1; Host: a                               | 200 open
          GET https://a HTTP/1.1; Host: a                                      | 200 open
          GET https://a/version HTTP/1.1                                       | 400 closed
          GET version HTTP/1.1; Host: a                                        | 400 open
          GET * HTTP/1.1; Host: a                                              | 400 open
          OPTIONS * HTTP/1.1; Host: a                                          | 200 open
          OPTIONS /version HTTP/1.1; Host: a                                   | 405 open
          TRACE /version HTTP/1.1; Host: a                                     | 405 open
          CONNECT a:443 HTTP/1.1; Host: a                                      | 405 open
          CONNECT /version HTTP/1.1; Host: a                                   | 405 open
          FETCH /version HTTP/1.1; Host: a                                     | 405 open
          get /version HTTP/1.1; Host: a                                       | 405 open
          Get /healthz HTTP/1.1; Host: a                                       | 405 open
          get /api/v1/namespaces HTTP/1.1; Host: a                             | 405 open
          post /api/v1/namespaces HTTP/1.1; Host: a                            | 405 open
          OPTIONS /none HTTP/1.1; Host: a                                      | 404 open
          GET /version HTTP/1.1; Host: a; Transfer-Encoding: foo               | 501 closed
          GET /version HTTP/1.1; Host: a; Transfer-Encoding: gzip, chunked     | 501 closed
          GET /version HTTP/1.1; Host: a; Transfer-Encoding: identity          | 501 closed
          GET /version HTTP/1.1; Host: a; Transfer-Encoding: chunked, chunked  | 400 closed
          GET /version HTTP/1.1; Host: a; Transfer-Encoding: chunked, gzip     | 400 closed
          GET /version HTTP/1.1; Host: a; Transfer-Encoding: chunked; Transfer-Encoding: chunked | 400 closed
          GET /version HTTP/1.1; Host: a; Transfer-Encoding: chunked; Content-Length: 5          | 400 closed
          GET /version HTTP/1.0; Transfer-Encoding: chunked                    | 400 closed
          GET /version HTTP/1.1; Host: a; Content-Length: 1; Content-Length: 2 | 400 closed
          GET /version HTTP/1.1; Host: a; Content-Length: -1                   | 400 closed
          GET /version HTTP/1.1; Host: a; Content-Length: +1                   | 400 closed
          GET /version HTTP/1.1; Host: a; Content-Length: 99999999999999999999 | 400 closed
          POST /api/v1/namespaces/default/configmaps HTTP/1.1; Host: a; Content-Length: 4294967298 | 413 open
          GET /version HTTP/1.1; Host: a; Expect: 100-continue                 | 200 open
          POST /api/v1/namespaces/default/configmaps HTTP/1.1; Host: a; Content-Length: 9; Expect: 100-continue       | 100 open
          POST /api/v1/namespaces/default/configmaps HTTP/1.1; Host: a; Content-Length: 99999999; Expect: 100-continue | 413 closed
          POST /none HTTP/1.1; Host: a; Content-Length: 9; Expect: a miracle   | 417 closed
          GET /version HTTP/1.1; Host: a; Expect: a miracle                    | 417 closed
          GET /version HTTP/1.1; Host: a; Connection: Upgrade; Upgrade: h2c    | 200 open
          GET /version HTTP/1.1; Host: a; Connection: Upgrade; Upgrade: websocket | 200 open
          GET /ver sion HTTP/1.1; Host: a                                      | 400 closed
          GET /version?%zz HTTP/1.1; Host: a                                   | 400 open
          """)
  void http1(String head, String expected) throws Exception {
    try (var client = new RawConnection(server, server.adminIdentity, "http/1.1")) {
      client.send(head.replace("; ", "\r\n") + "\r\n\r\n");

      boolean ends = expected.endsWith("closed");
      String said = client.begin() + client.text(ends ? PATIENCE_MILLIS : QUIET_MILLIS);
      assertThat(said).startsWith("HTTP/1.");
      assertThat(said.split(" ")[1] + (said.endsWith("<closed>") ? " closed" : " open"))
          .as(said)
          .isEqualTo(expected);
    }
  }

  // what makes the end of a request unclear; what follows may be of it, or be another
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: a\r\nContent-Length: 4\r\nTransfer-Encoding: xchunked",
        "Host: a\r\nContent-Length: 4\r\nTransfer-Encoding: identity",
        "Host: a\r\nHost: b\r\nContent-Length: 4",
        "Host: a\r\nContent-Length: 4\r\nExpect: a miracle",
        "Host: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked",
        "Host: a\r\nContent-Length: 4\r\nContent-Length: 40",
      })
  void nothingBehindABadHeadIsTakenForARequest(String head) throws Exception {
    try (var client = new RawConnection(server, server.adminIdentity, "http/1.1")) {
      client.send(
          "POST /api/v1/namespaces/default/configmaps HTTP/1.1\r\n"
              + head
              + "\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3));

      String said = client.begin() + client.text(PATIENCE_MILLIS);
      assertThat(said).containsOnlyOnce("HTTP/1.1 ").endsWith("<closed>").doesNotContain("404");
    }
  }

  // path | protocols that the client names | status, and what is agreed to
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          configmaps?watch=1 |                                          | 101
          configmaps?watch=1 | anything                                 | 101 anything
          configmaps?watch=1 | one, two                                 | 400
          pods/p/log         |                                          | 101
          pods/p/log         | binary.k8s.io                            | 101 binary.k8s.io
          pods/p/log         | v4.channel.k8s.io, binary.k8s.io         | 101 binary.k8s.io
          pods/p/log         | v4.channel.k8s.io                        | 403
          """)
  void webSockets(String path, @Nullable String protocols, String expected) throws Exception {
    try (var client = new RawConnection(server, server.adminIdentity, "http/1.1")) {
      client.send(
          "GET /api/v1/namespaces/default/"
              + path
              + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
              + (protocols == null ? "" : "Sec-WebSocket-Protocol: " + protocols + "\r\n")
              + "\r\n");

      String said = client.begin() + client.text(QUIET_MILLIS);
      var agreed = Pattern.compile("(?i)sec-websocket-protocol: (\\S+)").matcher(said);
      assertThat(said.split(" ")[1] + (agreed.find() ? " " + agreed.group(1) : ""))
          .as(said)
          .isEqualTo(expected);
    }
  }

  // method and path | the methods that are named
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OPTIONS /api/v1/namespaces/default/configmaps           | GET, HEAD, POST, DELETE
          OPTIONS /api/v1/configmaps                              | GET, HEAD
          POST /api/v1/configmaps                                 | GET, HEAD
          PUT /api/v1/namespaces/default/configmaps               | GET, HEAD, POST, DELETE
          POST /api/v1/namespaces/default/configmaps/there        | DELETE, GET, HEAD, PATCH, PUT
          TRACE /api/v1/namespaces/default/configmaps/there       | DELETE, GET, HEAD, PATCH, PUT
          DELETE /apis/apps/v1/namespaces/default/deployments/d/scale | GET, HEAD, PATCH, PUT
          GET /api/v1/namespaces/default/pods/p/binding           | POST
          POST /version                                           | GET, HEAD
          DELETE /readyz                                          | GET, HEAD
          PUT /openapi/v3                                         | GET, HEAD
          OPTIONS /apis/authorization.k8s.io/v1/selfsubjectaccessreviews | POST
          """)
  void whatIsNotAllowedNamesWhatIs(String request, String allowed) throws Exception {
    String[] words = request.split(" ");
    var answer = server.send(words[0], words[1], "");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow").orElse("").split(", "))
        .containsExactlyInAnyOrder(allowed.split(", "));
  }

  // the fields of the head | the status, or the code of the reset
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          :method GET; :scheme https; :authority a; :path /version                      | 200
          :method GET; :scheme https; :path /version                                    | 200
          :method CONNECT; :authority a:1                                               | 405
          :method TRACE; :scheme https; :authority a; :path /version                    | 405
          :method get; :scheme https; :authority a; :path /version                      | 405
          :method OPTIONS; :scheme https; :authority a; :path *                         | 200
          :method GET; :scheme https; :authority a; :path *                             | 400
          :method GET; :scheme https; :authority a; :path version                       | 400
          :method GET; :scheme https; :authority a; :path https://a/version             | 400
          :method GET; :scheme https; :authority a; :path /version; x a\\nb              | 400
          :method CONNECT; :scheme https; :path /; :authority a:1; :protocol websocket  | reset 1
          :method GET; :scheme https                                                    | reset 1
          :method GET; :path /version                                                   | reset 1
          :scheme https; :path /version                                                 | reset 1
          :method GET; :scheme https; :path /version; :path /metrics                    | reset 1
          :method GET; :scheme https; :authority a; :path /version; host b              | reset 1
          :method GET; :scheme https; :authority a; :path /version; X-Upper b           | reset 1
          :method GET; :scheme https; :authority a; :path /version; connection close    | reset 1
          :method GET; :scheme https; :authority a; :path /version; transfer-encoding chunked | reset 1
          :method GET; :scheme https; :authority a; :path /version; content-length 5    | reset 1
          x y; :method GET; :scheme https; :authority a; :path /version                 | reset 1
          """)
  void http2(String fields, String expected) throws Exception {
    try (var client = new RawConnection(server, server.adminIdentity, "h2")) {
      client.preface(65_535);
      client.head(1, true, fields.replace("\\n", "\n").split("; | (?!; )", -1));

      assertThat(outcome(client)).isEqualTo(expected);
    }
  }

  private static String outcome(RawConnection client) throws Exception {
    while (true) {
      Frame frame = client.next();
      if (frame == null) {
        return "closed";
      }
      switch (frame.type()) {
        case RawConnection.RESET -> {
          return "reset " + frame.code();
        }
        case RawConnection.HEADERS -> {
          var head = Unpooled.wrappedBuffer(frame.payload());
          return String.valueOf(new DefaultHttp2HeadersDecoder().decodeHeaders(1, head).status());
        }
        default -> {}
      }
    }
  }
}
