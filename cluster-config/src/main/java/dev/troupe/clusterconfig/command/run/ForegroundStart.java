package dev.troupe.clusterconfig.command.run;

import dev.troupe.clusterconfig.certificates.ClusterCertificates;
import dev.troupe.clusterconfig.certificates.Kubeconfig;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.member.MemberSettings;
import dev.troupe.clusterconfig.member.MemberStarter;
import dev.troupe.clusterconfig.member.RunningMember;
import dev.troupe.clusterconfig.plugin.ControllerJars;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.IntSupplier;

/// Runs a member in this process until it ends or is interrupted.
public final class ForegroundStart implements IntSupplier {

  /// More than its parts take in all, each of which is waited for for a while.
  private static final Duration STOP_PATIENCE = Duration.ofMinutes(3);

  private final DataDirectory data;
  private final UpOptions options;
  private final MemberStarter starter;
  private final PrintWriter out;

  public ForegroundStart(
      DataDirectory data, UpOptions options, MemberStarter starter, PrintWriter out) {
    this.data = data;
    this.options = options;
    this.starter = starter;
    this.out = out;
  }

  @Override
  public int getAsInt() {
    return new Foreground(data, options.nodes(), STOP_PATIENCE, out).run(this::start);
  }

  private void start(Foreground.Running running) {
    options.store().prepare();
    var certificates = data.authority().open(ForegroundStart::besides);
    var member =
        starter.start(
            new MemberSettings(
                data.root(),
                options.port(),
                options.nodes(),
                certificates.ofMember(),
                options.store(),
                ControllerJars.of(options.controllers(), data.root())));
    announce(running, member, certificates);
  }

  private static void besides(Runnable work) {
    Thread.ofPlatform().name("certificates").daemon().start(work);
  }

  private void announce(
      Foreground.Running running, RunningMember member, ClusterCertificates certificates) {
    var address = "https://127.0.0.1:" + member.port();
    running.begun(member);
    new Kubeconfig(address, certificates).write(data.kubeconfig());
    running.serves(address);
    Welcome.print(out, data, running.instance(), Foreground.uptime());
    out.printf("%nCtrl-C stops it; its data stays in %s.%n", data.root());
  }
}
