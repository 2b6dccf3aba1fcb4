package dev.troupe.samples.portedoperator;

import dev.troupe.api.extension.Extension;
import dev.troupe.api.extension.ExtensionSource;
import dev.troupe.clusterconfig.command.TroupeCommand;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The `troupe` command, whose member runs a ported reconciler too. That finds the server as every
/// client does: by `KUBECONFIG`.
public final class PortedOperator implements ExtensionSource {

  public static void main(String[] arguments) {
    TroupeCommand.run(PortedOperator.class, new PortedOperator().extension(), arguments);
  }

  @Override
  public Extension extension() {
    return with(new Once(() -> new KubernetesClientBuilder().build()));
  }

  static Extension with(Supplier<KubernetesClient> client) {
    return Extension.NONE.withImperative(new HtmlPageReconciler(), client);
  }

  /// Made when it is needed first: before that there is no server.
  private static final class Once implements Supplier<KubernetesClient> {

    private final Supplier<KubernetesClient> made;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable KubernetesClient client;

    Once(Supplier<KubernetesClient> made) {
      this.made = made;
    }

    @Override
    public KubernetesClient get() {
      lock.lock();
      try {
        var known = client == null ? made.get() : client;
        client = known;
        return known;
      } finally {
        lock.unlock();
      }
    }
  }
}
