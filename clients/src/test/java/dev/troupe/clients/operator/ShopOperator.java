package dev.troupe.clients.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;
import java.util.Map;
import java.util.Objects;

/// Dependent resources in a workflow: first the sign, then the sellers, and when all of them sell
/// the door, if the shop is to be open.
@Workflow(
    dependents = {
      @Dependent(name = "sign", type = ShopOperator.Sign.class),
      @Dependent(
          name = "sellers",
          type = ShopOperator.Sellers.class,
          dependsOn = "sign",
          readyPostcondition = ShopOperator.AllSell.class),
      @Dependent(
          name = "door",
          type = ShopOperator.Door.class,
          dependsOn = "sellers",
          reconcilePrecondition = ShopOperator.IsToBeOpen.class)
    })
@ControllerConfiguration
public final class ShopOperator implements Reconciler<Shop> {

  /// Starts it.
  ///
  /// @param words the namespace that it looks after
  public static void main(String[] words) {
    var operator = new Operator();
    operator.register(new ShopOperator(), config -> config.settingNamespace(words[0]));
    operator.installShutdownHook(java.time.Duration.ofSeconds(5));
    operator.start();
    IO.println("started");
  }

  @Override
  public UpdateControl<Shop> reconcile(Shop shop, Context<Shop> context) {
    var status = new Shop.Status();
    status.ready = context.getSecondaryResource(Deployment.class).map(AllSell::ready).orElse(0);
    status.open = context.getSecondaryResource(Service.class).isPresent();
    var told = new Shop();
    told.setMetadata(named(shop));
    told.setStatus(status);
    return UpdateControl.patchStatus(told);
  }

  private static ObjectMeta named(Shop shop) {
    return new ObjectMetaBuilder()
        .withName(shop.getMetadata().getName())
        .withNamespace(shop.getMetadata().getNamespace())
        .build();
  }

  private static Map<String, String> labels(Shop shop) {
    return Map.of("shop", shop.getMetadata().getName());
  }

  /// The text that is shown.
  public static final class Sign extends CRUDKubernetesDependentResource<ConfigMap, Shop> {
    @Override
    protected ConfigMap desired(Shop shop, Context<Shop> context) {
      return new ConfigMapBuilder()
          .withMetadata(named(shop))
          .addToData("text", shop.getSpec().sign)
          .build();
    }
  }

  /// Who sells.
  public static final class Sellers extends CRUDKubernetesDependentResource<Deployment, Shop> {
    @Override
    protected Deployment desired(Shop shop, Context<Shop> context) {
      return new DeploymentBuilder()
          .withMetadata(named(shop))
          .withNewSpec()
          .withReplicas(shop.getSpec().sellers)
          .withNewSelector()
          .withMatchLabels(labels(shop))
          .endSelector()
          .withNewTemplate()
          .withNewMetadata()
          .withLabels(labels(shop))
          .endMetadata()
          .withNewSpec()
          .addNewContainer()
          .withName("seller")
          .withImage("seller:1")
          .endContainer()
          .endSpec()
          .endTemplate()
          .endSpec()
          .build();
    }
  }

  /// Where people come in.
  public static final class Door extends CRUDKubernetesDependentResource<Service, Shop> {
    @Override
    protected Service desired(Shop shop, Context<Shop> context) {
      return new ServiceBuilder()
          .withMetadata(named(shop))
          .withNewSpec()
          .withSelector(labels(shop))
          .addNewPort()
          .withName("http")
          .withPort(80)
          .endPort()
          .endSpec()
          .build();
    }
  }

  /// Whether all sellers are there.
  public static final class AllSell implements Condition<Deployment, Shop> {
    @Override
    public boolean isMet(
        DependentResource<Deployment, Shop> sellers, Shop shop, Context<Shop> context) {
      return sellers
          .getSecondaryResource(shop, context)
          .map(AllSell::ready)
          .filter(ready -> ready == shop.getSpec().sellers)
          .isPresent();
    }

    private static int ready(Deployment deployment) {
      return deployment.getStatus() == null
          ? 0
          : Objects.requireNonNullElse(deployment.getStatus().getReadyReplicas(), 0);
    }
  }

  /// Whether there is to be a door.
  public static final class IsToBeOpen implements Condition<Service, Shop> {
    @Override
    public boolean isMet(DependentResource<Service, Shop> door, Shop shop, Context<Shop> context) {
      return shop.getSpec().open;
    }
  }
}
