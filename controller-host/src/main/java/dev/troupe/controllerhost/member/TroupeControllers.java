package dev.troupe.controllerhost.member;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.ActivityExecutor;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.extension.Extension;
import dev.troupe.controllerhost.connection.ConnectionLimits;
import dev.troupe.controllerhost.permission.Permissions;
import dev.troupe.controllerhost.type.NamedTypes;
import dev.troupe.runtime.controller.work.Activities;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.StoreException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Controllers that run as a process of their own, against any API server of Kubernetes.
///
/// ```java
/// TroupeControllers.builder().data(Path.of("data")).add(new MyController()).start();
/// ```
public final class TroupeControllers {

  private @Nullable Path kubeconfig;
  private @Nullable String context;
  private @Nullable Path data;
  private String store = "";
  private String namespace = "";
  private int workers = Math.max(2, Runtime.getRuntime().availableProcessors());
  private ConnectionLimits limits = ConnectionLimits.STANDARD;
  private final List<Controller<?>> controllers = new ArrayList<>();
  private final List<CollectionController<?>> collectionControllers = new ArrayList<>();
  private final List<Consumer<Activities>> executors = new ArrayList<>();
  private boolean installs;
  private final Set<Class<? extends CustomResource<?, ?>>> kinds = new LinkedHashSet<>();
  private final Set<Class<? extends HasMetadata>> others = new LinkedHashSet<>();

  private TroupeControllers() {}

  public static TroupeControllers builder() {
    return new TroupeControllers();
  }

  /// Where the server is, and who asks. Without it what kubectl would take: the file that
  /// `KUBECONFIG` names, the one in the home directory; in a pod, its service account.
  public TroupeControllers kubeconfig(Path file) {
    kubeconfig = file;
    return this;
  }

  /// Which context of the kubeconfig; the current one unless it is said.
  public TroupeControllers context(String name) {
    context = name;
    return this;
  }

  /// The directory where decisions and timers are kept. Used by no other process.
  public TroupeControllers data(Path directory) {
    data = directory;
    return this;
  }

  /// A PostgreSQL database where decisions and timers are kept in place of a directory: one of
  /// those processes that name it runs, the others take over when it is gone. User and password are
  /// those of `troupe.store.postgresql`, such as the environment's `TROUPE_STORE_USER` and
  /// `TROUPE_STORE_PASSWORD`.
  ///
  /// @param url such as `jdbc:postgresql://host:5432/database`
  public TroupeControllers store(String url) {
    store = url;
    return this;
  }

  /// The only namespace that is looked at; all of them unless it is said.
  public TroupeControllers namespace(String only) {
    namespace = only;
    return this;
  }

  /// How many reconciles may run at once; as many as there are processors unless it is said.
  public TroupeControllers workers(int count) {
    workers = count;
    return this;
  }

  public TroupeControllers limits(ConnectionLimits bounds) {
    limits = bounds;
    return this;
  }

  /// One controller more; what it reconciles is its own kind if that is a custom resource.
  public TroupeControllers add(Controller<?> controller) {
    return add(Extension.of(controller));
  }

  public TroupeControllers add(CollectionController<?> controller) {
    collectionControllers.add(controller);
    return this;
  }

  /// Says who carries out the activities of a class.
  public <A extends Activity> TroupeControllers carryOut(
      Class<A> type, ActivityExecutor<A> executor) {
    executors.add(activities -> activities.with(type, executor));
    return this;
  }

  /// All that a member would run as well.
  public TroupeControllers add(Extension extension) {
    controllers.addAll(extension.controllers());
    collectionControllers.addAll(extension.collectionControllers());
    executors.add(activities -> extension.tell(activities::with));
    kinds.addAll(extension.kinds());
    return this;
  }

  /// Installs the definitions of the kinds that controllers reconcile, as their classes say, before
  /// they run; never one by which stored objects would lose something. Unless this is called,
  /// somebody else sees to what is defined.
  public TroupeControllers installKinds() {
    installs = true;
    return this;
  }

  /// Types of objects that plans name, and no controller observes.
  public TroupeControllers alsoWrites(Class<? extends HasMetadata> type) {
    others.add(type);
    return this;
  }

  /// What they must be allowed to do at the server, as a manifest for kubectl.
  ///
  /// @param account of the service account that they run under
  public String permissions(String account, String accountNamespace) {
    return Permissions.of(named(), others, installs)
        .yaml(new Permissions.Account(account, accountNamespace), namespace);
  }

  /// Starts them. Returns when the server was found to have, and to show, what they look at; on a
  /// database not before no other process runs on it.
  ///
  /// @throws CannotRunException says why not, and what to do
  public RunningControllers start() {
    if (data == null && store.isEmpty()) {
      throw new CannotRunException(
          "nobody has said where decisions and timers are to be kept: call data(directory)", null);
    }
    if (controllers.isEmpty() && collectionControllers.isEmpty()) {
      throw new CannotRunException("there is no controller to run: call add(controller)", null);
    }
    return RunningControllers.start(this, config());
  }

  private Config config() {
    var file = kubeconfig;
    if (file == null) {
      return Config.autoConfigure(context);
    }
    if (!Files.isReadable(file)) {
      throw new CannotRunException("there is no kubeconfig " + file + " that can be read", null);
    }
    try {
      return Config.fromKubeconfig(context, file.toFile());
    } catch (RuntimeException illegible) {
      throw new CannotRunException(
          "the kubeconfig " + file + " cannot be read: " + illegible.getMessage(), illegible);
    }
  }

  List<NamedTypes> named() {
    return Stream.<NamedTypes>concat(
            controllers.stream().map(NamedTypes::of),
            collectionControllers.stream().map(NamedTypes::of))
        .toList();
  }

  List<Controller<?>> controllers() {
    return controllers;
  }

  List<CollectionController<?>> collectionControllers() {
    return collectionControllers;
  }

  /// Those whose definitions are to be installed.
  Set<Class<? extends CustomResource<?, ?>>> installed() {
    return installs ? kinds : Set.of();
  }

  Set<Class<? extends HasMetadata>> others() {
    return others;
  }

  Activities completing(Activities activities) {
    executors.forEach(one -> one.accept(activities));
    return activities;
  }

  /// Opens what keeps decisions.
  ///
  /// @param ended is told if it is lost
  EventStore openStore(com.typesafe.config.Config profile, Consumer<StoreException> ended) {
    return store.isEmpty()
        ? ControllerStore.inDirectory(Objects.requireNonNull(data), profile, ended)
        : ControllerStore.shared(store, profile, ended);
  }

  String namespace() {
    return namespace;
  }

  int workers() {
    return workers;
  }

  ConnectionLimits limits() {
    return limits;
  }
}
