package dev.troupe.clusterconfig.assembly;

import dev.troupe.clusterconfig.certificates.MemberCertificates;
import dev.troupe.clusterconfig.certificates.MutualTls;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import scala.Option;

/// The TLS of the traffic between members: each shows the certificate of a member, and accepts no
/// other; whoever connects also looks whether it is that of the host that it wants. The
/// administrator's is of the same authority and does not open this door.
final class MemberTls implements SSLEngineProvider {

  private final SSLContext context;

  /// @param refused is told of each that is not let in what is wrong with it
  MemberTls(MemberCertificates certificates, Consumer<String> refused) {
    this.context = MutualTls.ofMember(certificates, refused);
  }

  @Override
  public SSLEngine createServerSSLEngine(String hostname, int port) {
    var engine = context.createSSLEngine(hostname, port);
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    return engine;
  }

  @Override
  public SSLEngine createClientSSLEngine(String hostname, int port) {
    var engine = context.createSSLEngine(hostname, port);
    engine.setUseClientMode(true);
    var parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }

  /// Whose certificate it is was asked during the handshake.
  @Override
  public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
    return Option.empty();
  }

  @Override
  public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
    return Option.empty();
  }
}
