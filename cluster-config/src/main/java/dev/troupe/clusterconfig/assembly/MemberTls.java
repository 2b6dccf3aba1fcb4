package dev.troupe.clusterconfig.assembly;

import dev.troupe.clusterconfig.certificates.ClusterCertificates;
import dev.troupe.clusterconfig.certificates.MutualTls;
import java.security.Principal;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import scala.Option;

/// The TLS of the traffic between members: each shows the certificate of a member, and accepts no
/// other. The administrator's is of the same authority and does not open this door.
final class MemberTls implements SSLEngineProvider {

  private final SSLContext context;
  private final Principal member;

  MemberTls(ClusterCertificates certificates) {
    this.context = MutualTls.context(certificates.member(), certificates.authority());
    this.member = certificates.member().certificate().getSubjectX500Principal();
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
    return engine;
  }

  @Override
  public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
    return verify(session);
  }

  @Override
  public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
    return verify(session);
  }

  private Option<Throwable> verify(SSLSession session) {
    try {
      var peer = session.getPeerPrincipal();
      return peer.equals(member)
          ? Option.empty()
          : Option.apply(new SSLPeerUnverifiedException(peer + " is no member"));
    } catch (SSLPeerUnverifiedException e) {
      return Option.apply(e);
    }
  }
}
