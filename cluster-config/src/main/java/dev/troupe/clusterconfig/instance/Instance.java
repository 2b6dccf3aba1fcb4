package dev.troupe.clusterconfig.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The process that runs on a data directory, as it describes itself there.
///
/// @param pid the process
/// @param processStart when that process began: a pid alone may be somebody else's by now
/// @param phase how far it is
/// @param server the address of its API, once it serves
/// @param nodes how many simulated worker nodes it was asked for
public record Instance(
    long pid, Instant processStart, Phase phase, Optional<String> server, int nodes) {

  /// How far an instance is.
  public enum Phase {
    STARTING,
    SERVING,
    STOPPING
  }

  /// Two readings of one process's start differ by rounding, and by corrections of the clock.
  private static final Duration SAME_START = Duration.ofSeconds(2);

  /// This very process, about to start.
  public static Instance starting(int nodes) {
    return starting(ProcessHandle.current(), nodes);
  }

  /// Another one, which has not said anything yet.
  public static Instance starting(ProcessHandle process, int nodes) {
    return new Instance(
        process.pid(),
        startOf(process).orElse(Instant.EPOCH),
        Phase.STARTING,
        Optional.empty(),
        nodes);
  }

  public Instance serving(String address) {
    return new Instance(pid, processStart, Phase.SERVING, Optional.of(address), nodes);
  }

  public Instance stopping() {
    return new Instance(pid, processStart, Phase.STOPPING, server, nodes);
  }

  /// The process, if it is still there.
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(Instance::isRunning).filter(this::beganWhenWeDid);
  }

  /// A process that has ended and that nobody has waited for is still listed.
  private static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && !ProcessState.of(process.pid()).isOver();
  }

  /// What the operating system says of the process.
  public ProcessState state() {
    return process().isPresent() ? ProcessState.of(pid) : ProcessState.ENDED;
  }

  private boolean beganWhenWeDid(ProcessHandle process) {
    return startOf(process)
        .map(start -> Duration.between(start, processStart).abs().compareTo(SAME_START) <= 0)
        .orElse(true);
  }

  private static Optional<Instant> startOf(ProcessHandle process) {
    return process.info().startInstant();
  }
}
