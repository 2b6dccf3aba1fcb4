package dev.troupe.apiserver.server;

import dev.troupe.apiserver.authentication.CertificateAuthenticator;
import dev.troupe.apiserver.wire.NativeTls;
import dev.troupe.apiserver.wire.StreamStart;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// How the server speaks: TLS, HTTP/1.1 and HTTP/2, and how much it reads ahead.
final class HttpsOptions {

  private static final int STREAMS_PER_CONNECTION = 250;

  private HttpsOptions() {}

  static HttpServerOptions of(ApiServerSettings settings, CertificateAuthenticator certificates) {
    var tls = settings.tls();
    int headers = settings.limits().headerBytes();
    var options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setAlpnVersions(
                List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1, HttpVersion.HTTP_1_0))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setKeyValue(Buffer.buffer(tls.key()))
                    .setCertValue(Buffer.buffer(tls.certificate())))
            .setTrustOptions(TrustOptions.wrap(new ClientCertificates(certificates.authorities())))
            .setClientAuth(ClientAuth.REQUEST)
            .setTcpNoDelay(true)
            .setAcceptBacklog(1024)
            .setMaxHeaderSize(headers)
            .setMaxInitialLineLength(headers)
            .setHandle100ContinueAutomatically(false)
            .setWebSocketSubProtocols(List.of(StreamStart.ANY_PROTOCOL))
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(STREAMS_PER_CONNECTION)
                    .setMaxHeaderListSize(headers)
                    .setInitialWindowSize(1024 * 1024));
    if (NativeTls.isThere()) {
      options.setSslEngineOptions(new OpenSSLEngineOptions());
    }
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
    options.setSslHandshakeTimeout(10).setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    options.setHttp2ConnectionWindowSize(4 * 1024 * 1024);
    return options;
  }
}
