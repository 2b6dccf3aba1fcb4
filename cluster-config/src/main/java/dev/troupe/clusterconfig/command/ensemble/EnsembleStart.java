package dev.troupe.clusterconfig.command.ensemble;

import dev.troupe.clusterconfig.certificates.ClusterCertificates;
import dev.troupe.clusterconfig.certificates.Kubeconfig;
import dev.troupe.clusterconfig.certificates.MutualTls;
import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.data.OfflineLock;
import dev.troupe.clusterconfig.command.run.Foreground;
import dev.troupe.clusterconfig.command.run.StopHook;
import dev.troupe.clusterconfig.command.run.UpOptions;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import dev.troupe.clusterconfig.ensemble.EnsembleChoice;
import dev.troupe.clusterconfig.ensemble.EnsembleDatabase;
import dev.troupe.clusterconfig.ensemble.FreePorts;
import dev.troupe.clusterconfig.instance.DataPermissions;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.process.LogRotation;
import dev.troupe.clusterconfig.process.ProgramLaunch;
import dev.troupe.clusterconfig.proxy.DoorLimits;
import dev.troupe.clusterconfig.proxy.FrontDoor;
import dev.troupe.clusterconfig.proxy.ReadyzProbe;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;

/// Starts the members of one machine, and takes care of them until it is interrupted.
public final class EnsembleStart implements IntSupplier {

  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String LOOPBACK = "127.0.0.1";

  private final ProgramLaunch program;
  private final DataDirectory data;
  private final UpOptions options;
  private final PrintWriter out;
  private Optional<WatchedEnsemble> watched = Optional.empty();

  public EnsembleStart(Class<?> program, DataDirectory data, UpOptions options, PrintWriter out) {
    this.program = new ProgramLaunch(program);
    this.data = data;
    this.options = options;
    this.out = out;
  }

  @Override
  public int getAsInt() {
    PrivateFile.createDirectory(data.root());
    try (var _ = OfflineLock.take(data)) {
      var former = data.ensemble().file().read();
      boolean someRun = former.filter(this::someRun).isPresent();
      if (!someRun && former.filter(this::hasDatabase).isEmpty()) {
        DataPermissions.secure(data.root());
      }
      ProgramLaunch.ownLog().ifPresent(LogRotation::keep);
      var instance = Instance.starting(options.nodes());
      data.instance().write(instance);
      try {
        return run(instance, former, someRun);
      } finally {
        data.instance().delete();
      }
    }
  }

  private boolean someRun(Ensemble ensemble) {
    return ensemble.seats().stream().anyMatch(seat -> data.ensemble().running(seat).isPresent());
  }

  private boolean hasDatabase(Ensemble ensemble) {
    return EnsembleDatabase.of(data.ensemble(), ensemble).pid().isPresent();
  }

  private int run(Instance instance, Optional<Ensemble> former, boolean someRun) {
    var certificates = data.authority().open();
    var tls = MutualTls.context(certificates.admin(), certificates.authority());
    try (var probe = new ReadyzProbe(tls, DoorLimits.STANDARD.silence());
        var door = open(probe)) {
      var ensemble =
          new EnsembleChoice(options.members(), options.store().url(), door.port())
              .over(former, someRun, FreePorts.ofThisMachine());
      data.ensemble().file().write(ensemble);
      door.lead(ensemble.seats().stream().map(seat -> address(seat.apiPort())).toList());
      var serving = instance.serving("https://%s:%d".formatted(LOOPBACK, door.port()));
      var hook = new StopHook(() -> stop(serving));
      try {
        await(begin(ensemble, hook, someRun));
        announce(serving, ensemble, certificates);
      } catch (RuntimeException failure) {
        // Interrupted meanwhile, the hook waits until all have ended: so it is the last to go.
        end();
        hook.forget();
        throw failure;
      }
      StopHook.awaitEnd();
      return 0;
    }
  }

  /// Whoever interrupts this while a database starts waits until it can be stopped.
  private synchronized WatchedEnsemble begin(Ensemble ensemble, StopHook hook, boolean someRun) {
    hook.install();
    try {
      var begun = WatchedEnsemble.begin(program, data, ensemble, options, out::println);
      watched = Optional.of(begun);
      return begun;
    } catch (RuntimeException failure) {
      if (!someRun) {
        new EnsembleStop(data, ensemble, out::println).stopAll();
      }
      throw failure;
    }
  }

  private synchronized void end() {
    watched.ifPresent(WatchedEnsemble::stop);
  }

  private FrontDoor open(ReadyzProbe probe) {
    try {
      return FrontDoor.open(address(options.port()), probe, DoorLimits.STANDARD);
    } catch (UncheckedIOException taken) {
      throw new CommandFailedException(
          "port %d cannot be taken; choose another with --port (%s)"
              .formatted(options.port(), taken.getMessage()));
    }
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port);
  }

  /// Until all serve, or after a while some of them; what keeps one from it is told meanwhile.
  ///
  /// @throws CommandFailedException if none will
  private void await(WatchedEnsemble begun) {
    var progress = new EnsembleProgress(data, out);
    long late = System.nanoTime() + PATIENCE.toNanos();
    while (!begun.noneWill()
        && !(System.nanoTime() < late ? begun.allServe() : begun.someServe())) {
      progress.look();
      pause();
    }
    progress.look();
    if (begun.noneWill()) {
      throw new CommandFailedException(
          "no member can run before what they have said is mended; nothing runs any more");
    }
  }

  private static void pause() {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while members start");
    }
  }

  private void announce(Instance serving, Ensemble ensemble, ClusterCertificates certificates) {
    new Kubeconfig(serving.server().orElseThrow(), certificates).write(data.kubeconfig());
    EnsembleWelcome.print(out, data, ensemble, serving, Foreground.uptime());
    if (ProgramLaunch.ownLog().isEmpty()) {
      out.printf("%nCtrl-C stops all of them; their data stay in %s.%n", data.root());
    } else {
      out.printf("%nStop all of them with: ./troupe down%s%n", data.option());
    }
    // Whoever waits for this has seen the rest.
    data.instance().write(serving);
  }

  private int stop(Instance serving) {
    try {
      data.instance()
          .tryToWrite(serving.stopping())
          .ifPresent(why -> out.println("all stop, and other commands cannot know: " + why));
      end();
      out.println("stopped");
      return 0;
    } catch (RuntimeException failure) {
      out.println("troupe: " + failure.getMessage());
      return 1;
    } finally {
      data.instance().delete();
      out.flush();
    }
  }
}
