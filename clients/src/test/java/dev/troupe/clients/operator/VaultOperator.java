package dev.troupe.clients.operator;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;

/// A cleaner: what it has made belongs to nobody, and is taken away in two steps before the vault
/// is let go.
@ControllerConfiguration(finalizerName = "java.example.com/empty")
public final class VaultOperator implements Reconciler<Vault>, Cleaner<Vault> {

  /// Starts it.
  ///
  /// @param words the namespace that it looks after
  public static void main(String[] words) {
    var operator = new Operator();
    operator.register(new VaultOperator(), config -> config.settingNamespace(words[0]));
    operator.installShutdownHook(java.time.Duration.ofSeconds(5));
    operator.start();
    IO.println("started");
  }

  @Override
  public UpdateControl<Vault> reconcile(Vault vault, Context<Vault> context) {
    content(vault, context).serverSideApply();
    return UpdateControl.noUpdate();
  }

  @Override
  public DeleteControl cleanup(Vault vault, Context<Vault> context) {
    var content = content(vault, context);
    if (content.get() != null) {
      content.delete();
      IO.println("emptied " + vault.getMetadata().getName());
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(50);
    }
    return DeleteControl.defaultDelete();
  }

  private static Resource<io.fabric8.kubernetes.api.model.Secret> content(
      Vault vault, Context<Vault> context) {
    return context
        .getClient()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(vault.getMetadata().getName())
                .withNamespace(vault.getMetadata().getNamespace())
                .endMetadata()
                .addToStringData("content", vault.getSpec().content)
                .build());
  }
}
