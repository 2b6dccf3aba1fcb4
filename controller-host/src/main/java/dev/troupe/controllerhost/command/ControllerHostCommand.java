package dev.troupe.controllerhost.command;

import dev.troupe.api.controller.Controller;
import dev.troupe.controllerhost.member.CannotRunException;
import dev.troupe.controllerhost.member.TroupeControllers;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs controllers against an API server: those that it is given, or all that the class path
/// offers as services.
@Command(
    name = "troupe-controller",
    mixinStandardHelpOptions = true,
    description = "Runs controllers against an API server of Kubernetes.",
    synopsisSubcommandLabel = "COMMAND")
public final class ControllerHostCommand implements Runnable {

  private final TroupeControllers controllers;
  private final PrintStream out;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Where the server is. Else as kubectl finds it, or the pod's service account.")
  private @Nullable Path kubeconfig;

  @Option(names = "--context", paramLabel = "NAME", description = "Which of its contexts.")
  private @Nullable String context;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "The only namespace that is looked at.")
  private @Nullable String namespace;

  @Option(
      names = "--data",
      paramLabel = "DIRECTORY",
      defaultValue = "data",
      description = "Where decisions and timers are kept (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(
      names = "--store",
      paramLabel = "URL",
      description =
          "A PostgreSQL database in place of the directory: one of all processes that name it runs,"
              + " the others stand by. User and password are TROUPE_STORE_USER and"
              + " TROUPE_STORE_PASSWORD.")
  private @Nullable String store;

  @Option(
      names = "--install-kinds",
      description = "Installs the definitions of the controllers' own kinds first.")
  private boolean installsKinds;

  private ControllerHostCommand(TroupeControllers controllers, PrintStream out) {
    this.controllers = controllers;
    this.out = out;
  }

  /// All controllers that the class path offers.
  public static void main(String[] arguments) {
    var offered = TroupeControllers.builder();
    ServiceLoader.load(Controller.class).forEach(one -> offered.add((Controller<?>) one));
    run(offered, arguments);
  }

  /// For a `main` of one's own.
  ///
  /// @param controllers that were added to it are run
  public static void run(TroupeControllers controllers, String... arguments) {
    int code = execute(controllers, System.out, arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  static int execute(TroupeControllers controllers, PrintStream out, String... arguments) {
    var line = new CommandLine(new ControllerHostCommand(controllers, out));
    line.setExecutionExceptionHandler((failure, _, _) -> {
      if (failure instanceof CannotRunException cannot) {
        System.err.println(cannot.getMessage());
        return 1;
      }
      throw failure;
    });
    return line.execute(arguments);
  }

  private TroupeControllers told() {
    if (kubeconfig != null) {
      controllers.kubeconfig(kubeconfig);
    }
    if (context != null) {
      controllers.context(context);
    }
    if (namespace != null) {
      controllers.namespace(namespace);
    }
    if (store != null) {
      controllers.store(store);
    }
    if (installsKinds) {
      controllers.installKinds();
    }
    return controllers.data(data);
  }

  /// Runs until the process is told to end.
  @Override
  public void run() {
    var running = told().start();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(running::close));
    out.println("running; Ctrl+C stops");
    try {
      running.ended().toCompletableFuture().join();
    } catch (CompletionException failure) {
      throw new CannotLastException(String.valueOf(failure.getCause()), failure);
    }
  }

  @Command(name = "rbac", description = "Prints what the controllers must be allowed to do.")
  void rbac(
      @Option(names = "--account", defaultValue = "troupe-controllers") String account,
      @Option(names = "--account-namespace", defaultValue = "default") String accountNamespace) {
    out.print(told().permissions(account, accountNamespace));
  }

  /// They ran, and cannot go on.
  private static final class CannotLastException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CannotLastException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
