import dev.troupe.benchmarks.reconcile.ProbeStats;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.nio.file.Path;

/** Does nothing, or writes into the status what change it has seen last. */
@ControllerConfiguration(generationAwareEventProcessing = false)
public class JosdkProbe implements Reconciler<Service> {

  private static final String ALWAYS = "2026-01-01T00:00:00Z";

  private final ProbeStats stats;
  private final boolean writes;

  JosdkProbe(ProbeStats stats, boolean writes) {
    this.stats = stats;
    this.writes = writes;
  }

  public static void main(String[] words) {
    int workers = Integer.parseInt(words[2]);
    var operator = new Operator(config -> config.withConcurrentReconciliationThreads(workers));
    operator.register(
        new JosdkProbe(ProbeStats.serve(Path.of(words[0])), Boolean.parseBoolean(words[1])),
        config -> config.settingNamespace("default"));
    operator.start();
  }

  @Override
  public UpdateControl<Service> reconcile(Service service, Context<Service> context) {
    var metadata = service.getMetadata();
    var due =
        metadata.getAnnotations() == null ? null : metadata.getAnnotations().get(ProbeStats.DUE);
    stats.seen(metadata.getName(), due);
    if (!writes || due == null || isTold(service, due)) {
      return UpdateControl.noUpdate();
    }
    return UpdateControl.patchStatus(
        new ServiceBuilder()
            .withNewMetadata()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .endMetadata()
            .withNewStatus()
            .addNewCondition()
            .withType("Seen")
            .withStatus("True")
            .withReason("Seen")
            .withMessage(due)
            .withLastTransitionTime(ALWAYS)
            .endCondition()
            .endStatus()
            .build());
  }

  private static boolean isTold(Service service, String due) {
    return service.getStatus() != null
        && service.getStatus().getConditions().stream()
            .anyMatch(condition -> due.equals(condition.getMessage()));
  }
}
