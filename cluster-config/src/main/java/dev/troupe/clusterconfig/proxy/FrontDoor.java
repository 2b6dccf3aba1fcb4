package dev.troupe.clusterconfig.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes connections at one port and hands each to a member that serves, without looking into it:
/// TLS is between client and member. One thread does everything; a bug in one thing that it does
/// keeps it from no other, and each kind of them is logged once.
///
/// Connections of a member that is killed end when they do. One that freezes gets no new ones after
/// [DoorLimits#answer], and its own are ended after [DoorLimits#silence]: who has them asks again.
public final class FrontDoor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

  private static final Duration TICK = Duration.ofMillis(50);
  private static final int BACKLOG = 256;

  private final DoorLimits limits;
  private final ReadinessProbe probe;
  private final Selector selector;
  private final ServerSocketChannel server;
  private final SelectionKey serverKey;
  private final Thread thread;
  private final Ways ways = new Ways();

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Map<InetSocketAddress, Backend> backends = new LinkedHashMap<>();
  private final Set<Passage> passages = new HashSet<>();
  private final ByteBuffer scratch;
  private final Set<String> bugs = new HashSet<>();

  private long turns;
  private long lastLook = System.nanoTime();
  private boolean full;
  private volatile boolean closed;

  private FrontDoor(ServerSocketChannel server, ReadinessProbe probe, DoorLimits limits)
      throws IOException {
    this.limits = limits;
    this.probe = probe;
    this.server = server;
    this.scratch = ByteBuffer.allocateDirect(limits.bytes());
    this.selector = Selector.open();
    server.configureBlocking(false);
    this.serverKey = server.register(selector, SelectionKey.OP_ACCEPT);
    this.thread = Thread.ofPlatform().daemon().name("front-door").unstarted(this::run);
  }

  /// @param at where it takes connections; port 0 for any that is free
  /// @throws UncheckedIOException if it cannot be there
  public static FrontDoor open(InetSocketAddress at, ReadinessProbe probe, DoorLimits limits) {
    try {
      var server = ServerSocketChannel.open();
      try {
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(at, BACKLOG);
        var door = new FrontDoor(server, probe, limits);
        door.thread.start();
        return door;
      } catch (IOException e) {
        server.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen at %s: %s".formatted(at, e.getMessage()), e);
    }
  }

  public int port() {
    return server.socket().getLocalPort();
  }

  /// Hands new connections to these from now on; those that others have stay with them.
  public void lead(Collection<InetSocketAddress> members) {
    var wanted = List.copyOf(members);
    onThread(() -> {
      long now = System.nanoTime();
      wanted.forEach(member -> backends.computeIfAbsent(member, one -> new Backend(one, now)));
      backends.values().forEach(backend -> backend.want(wanted.contains(backend.address())));
    });
  }

  private void onThread(Runnable task) {
    tasks.add(task);
    wakeUp();
  }

  private synchronized void wakeUp() {
    if (!closed) {
      selector.wakeup();
    }
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(TICK.toMillis());
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
          guarded("what was asked of it", task);
        }
        var keys = selector.selectedKeys();
        keys.forEach(this::serve);
        keys.clear();
        lookInTime(System.nanoTime());
      }
    } catch (IOException e) {
      LOG.error("the front door is broken", e);
    } finally {
      List.copyOf(passages).forEach(Passage::close);
    }
  }

  private void serve(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    if (key.equals(serverKey)) {
      guarded("a new connection", this::accept);
    } else if (key.attachment() instanceof Passage passage
        && !guarded("a connection", () -> passage.ready(key, System.nanoTime()))) {
      passage.close();
    }
  }

  /// @param what it is about, for people
  /// @return whether it was done
  private boolean guarded(String what, Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException bug) {
      if (bugs.add(what + bug.getClass().getName())) {
        LOG.error("a bug: the front door goes on without {}", what, bug);
      }
      return false;
    }
  }

  private void accept() {
    try {
      for (var client = server.accept(); client != null; client = server.accept()) {
        if (passages.size() >= limits.connections()) {
          client.close();
          tellFull();
        } else {
          full = false;
          passages.add(new Passage(ways, client, System.nanoTime()));
        }
      }
    } catch (IOException e) {
      LOG.warn("a connection cannot be taken: {}", e.toString());
      // Those that wait still do; not to ask for them at once lets others end.
      serverKey.interestOps(0);
    }
  }

  private void tellFull() {
    if (!full) {
      full = true;
      LOG.warn("the front door holds {} connections and takes no more", limits.connections());
    }
  }

  private void lookInTime(long now) {
    if (now - lastLook >= TICK.toNanos()) {
      lastLook = now;
      look(now);
    }
  }

  private void look(long now) {
    serverKey.interestOps(SelectionKey.OP_ACCEPT);
    backends.values().forEach(backend -> guarded("a look at a member", () -> look(backend, now)));
    backends.values().removeIf(backend -> !backend.isWanted() && backend.passages().isEmpty());
    for (var passage : List.copyOf(passages)) {
      if (!guarded("a look at a connection", () -> passage.look(now))) {
        passage.close();
      }
    }
  }

  private void look(Backend backend, long now) {
    if (backend.isDue(now, limits.probePause().toNanos())
        && !guarded("the answer of a member", () -> ask(backend))) {
      backend.answered(Pulse.SILENT, now);
    }
    backend.overdue(now, limits.answer().toNanos());
    if (backend.isSilentFor(limits.silence().toNanos(), now)) {
      List.copyOf(backend.passages()).forEach(Passage::close);
    }
  }

  private void ask(Backend backend) {
    probe
        .ask(backend.address())
        .thenAccept(pulse -> onThread(() -> backend.answered(pulse, System.nanoTime())));
  }

  /// Ends all connections.
  @Override
  public void close() {
    wakeUp();
    synchronized (this) {
      closed = true;
    }
    try {
      thread.join();
      server.close();
      selector.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("the front door cannot be closed", e);
    }
  }

  /// What passages see of the door.
  private final class Ways implements Passage.Hall {

    @Override
    public Selector selector() {
      return selector;
    }

    @Override
    public DoorLimits limits() {
      return limits;
    }

    @Override
    public ByteBuffer scratch() {
      return scratch;
    }

    @Override
    public Optional<Backend> best(Set<Backend> tried) {
      return backends.values().stream()
          .filter(Backend::isWanted)
          .filter(backend -> backend.pulse() != Pulse.SILENT && !tried.contains(backend))
          .min(Backend.BEST_FIRST);
    }

    @Override
    public void chosen(Backend backend) {
      backend.choose(++turns);
    }

    @Override
    public void closed(Passage passage) {
      passages.remove(passage);
    }
  }
}
