package dev.troupe.testkit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// One connection through a proxy, each direction of which has a condition of its own.
public final class ProxiedConnection {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final int number;
  private final Socket client;
  private final Socket target = new Socket();
  private final InetSocketAddress address;
  private final Map<LinkEnd, LinkLane> lanes = new EnumMap<>(LinkEnd.class);
  private final Consumer<ProxiedConnection> over;
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean halfOpen;

  /// @param conditions of what goes to each end
  /// @param random what jitter is made of
  /// @param over told when it has ended
  ProxiedConnection(
      int number,
      Socket client,
      InetSocketAddress address,
      Map<LinkEnd, LinkCondition> conditions,
      SplittableRandom random,
      Consumer<ProxiedConnection> over) {
    this.number = number;
    this.client = client;
    this.address = address;
    this.over = over;
    var loss = new AnswerLoss(random.split());
    for (var end : LinkEnd.values()) {
      lanes.put(
          end,
          new LinkLane(
              socket(end.other()),
              socket(end),
              new LinkPacing(random.split()),
              end == LinkEnd.CLIENT
                  ? condition -> loss.loses(condition.lostAnswers())
                  : _ -> {
                    loss.asked();
                    return false;
                  },
              conditions.getOrDefault(end, LinkCondition.CLEAR)));
    }
    this.thread = Thread.ofVirtual().name("proxied " + number).unstarted(this::run);
  }

  private Socket socket(LinkEnd end) {
    return end == LinkEnd.CLIENT ? client : target;
  }

  private LinkLane lane(LinkEnd toward) {
    var lane = lanes.get(toward);
    if (lane == null) {
      throw new IllegalStateException("nothing goes to " + toward);
    }
    return lane;
  }

  /// Counted from 1, in the order in which clients came.
  public int number() {
    return number;
  }

  /// Where its client is.
  public SocketAddress client() {
    return client.getRemoteSocketAddress();
  }

  boolean isFrom(InetAddress address) {
    return address.equals(client.getInetAddress());
  }

  /// In both directions.
  public void set(LinkCondition condition) {
    lanes.values().forEach(lane -> lane.set(condition));
  }

  /// Of what goes to one end, from now on.
  public void set(LinkEnd toward, LinkCondition condition) {
    lane(toward).set(condition);
  }

  /// How many bytes wait on their way to one end.
  public int held(LinkEnd toward) {
    return lane(toward).held();
  }

  /// Both ends are told at once that it is broken; what waits is lost.
  public void reset() {
    lanes.values().forEach(LinkLane::close);
    abort(client);
    abort(target);
    ended.countDown();
  }

  /// One end loses it; the other is told nothing and goes on believing in it, until it is reset.
  public void halfOpen(LinkEnd believer) {
    synchronized (this) {
      halfOpen = true;
    }
    lanes.values().forEach(LinkLane::close);
    abort(socket(believer.other()));
  }

  synchronized boolean isHalfOpen() {
    return halfOpen;
  }

  void start() {
    thread.start();
  }

  void join() throws InterruptedException {
    thread.join();
  }

  private void run() {
    try {
      carry(this::pass);
      if (isHalfOpen()) {
        carry(ended::await);
      }
    } finally {
      over.accept(this);
    }
  }

  private void pass() throws IOException, InterruptedException {
    target.connect(address, (int) CONNECT.toMillis());
    client.setTcpNoDelay(true);
    target.setTcpNoDelay(true);
    var work =
        List.<Work>of(
            lane(LinkEnd.CLIENT)::take,
            lane(LinkEnd.CLIENT)::give,
            lane(LinkEnd.TARGET)::take,
            lane(LinkEnd.TARGET)::give);
    var threads = work.stream().map(each -> Thread.ofVirtual().start(() -> carry(each))).toList();
    for (var each : threads) {
      each.join();
    }
    if (!isHalfOpen()) {
      close(client);
      close(target);
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private void carry(Work work) {
    try {
      work.run();
    } catch (IOException broken) {
      if (!isHalfOpen()) {
        reset();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whatever is still on its way is lost.
  private static void abort(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException closedMeanwhile) {
      // Then it need not be told.
    }
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "connection " + number + " of " + client();
  }
}
