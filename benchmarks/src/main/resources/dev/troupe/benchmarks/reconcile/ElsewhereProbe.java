import dev.troupe.benchmarks.reconcile.ProbeController;
import dev.troupe.benchmarks.reconcile.ProbeStats;
import dev.troupe.controllerhost.connection.ConnectionLimits;
import dev.troupe.controllerhost.member.TroupeControllers;
import java.nio.file.Path;
import java.time.Duration;

/** The same controller as in a member, as a process of its own. */
public class ElsewhereProbe {

  /** Who it is compared with asks as often as he likes. */
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(Duration.ofSeconds(20), Duration.ofSeconds(60), 1_000_000, 1_000_000);

  public static void main(String[] words) {
    var port = Path.of(words[0]);
    var controller = new ProbeController(ProbeStats.serve(port), Boolean.parseBoolean(words[1]));
    TroupeControllers.builder()
        .data(port.resolveSibling("controllers"))
        .workers(Integer.parseInt(words[2]))
        .limits(LIMITS)
        .add(controller)
        .start()
        .ended()
        .toCompletableFuture()
        .join();
  }
}
