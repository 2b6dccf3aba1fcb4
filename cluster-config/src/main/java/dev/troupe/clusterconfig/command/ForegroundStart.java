package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.ClusterCertificates;
import dev.troupe.clusterconfig.certificates.Kubeconfig;
import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.instance.DataPermissions;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.member.MemberSettings;
import dev.troupe.clusterconfig.member.MemberStarter;
import dev.troupe.clusterconfig.member.RunningMember;
import dev.troupe.clusterconfig.process.LogRotation;
import dev.troupe.clusterconfig.process.ProgramLaunch;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.IntSupplier;

/// Runs a member in this process until it ends or is interrupted.
final class ForegroundStart implements IntSupplier {

  private final DataDirectory data;
  private final UpOptions options;
  private final MemberStarter starter;
  private final PrintWriter out;

  ForegroundStart(DataDirectory data, UpOptions options, MemberStarter starter, PrintWriter out) {
    this.data = data;
    this.options = options;
    this.starter = starter;
    this.out = out;
  }

  @Override
  public int getAsInt() {
    PrivateFile.createDirectory(data.root());
    try (var _ = OfflineLock.take(data)) {
      DataPermissions.secure(data.root());
      Optional.ofNullable(System.getProperty(ProgramLaunch.LOG_PROPERTY))
          .map(Path::of)
          .ifPresent(LogRotation::keep);
      var instance = Instance.starting(options.nodes());
      data.instance().write(instance);
      try {
        return run(instance);
      } finally {
        data.instance().delete();
      }
    }
  }

  private int run(Instance instance) {
    options.store().prepare();
    var certificates =
        new CertificateDirectory(data.certificates(), InstantSource.system(), new SecureRandom())
            .open(ForegroundStart::besides);
    var member =
        starter.start(
            new MemberSettings(
                data.root(),
                options.port(),
                options.nodes(),
                certificates.ofMember(),
                options.store()));
    var serving = instance.serving("https://127.0.0.1:" + member.port());
    var stopping = stopOnInterrupt(member, serving);
    announce(serving, certificates);
    try {
      member.ended().toCompletableFuture().join();
      return 0;
    } catch (CompletionException e) {
      throw new CommandFailedException("the member ended by itself: " + e.getCause());
    } finally {
      forget(stopping);
    }
  }

  private static void besides(Runnable work) {
    Thread.ofPlatform().name("certificates").daemon().start(work);
  }

  private void announce(Instance serving, ClusterCertificates certificates) {
    var address = serving.server().orElseThrow();
    new Kubeconfig(address, certificates).write(data.kubeconfig());
    data.instance().write(serving);
    Welcome.print(out, data, serving, uptime());
    out.printf("%nCtrl-C stops it; its data stays in %s.%n", data.root());
  }

  /// Ctrl-C and `kill` end in a clean stop and exit code 0: that is what was asked for.
  private Thread stopOnInterrupt(RunningMember member, Instance serving) {
    var hook =
        new Thread(
            () -> {
              data.instance().write(serving.stopping());
              member.stop();
              data.instance().delete();
              out.println("stopped");
              out.flush();
              Runtime.getRuntime().halt(0);
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Already running: the hook ends the process, this thread only has to keep still.
      joinForever();
    }
  }

  private static void joinForever() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration uptime() {
    return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
  }
}
