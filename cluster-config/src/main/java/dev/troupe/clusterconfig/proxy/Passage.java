package dev.troupe.clusterconfig.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One client's connection and its way to a member.
///
/// What a client says first is kept until a member has answered it with a byte: until then another
/// member can be told the same, as nothing can have come of it. After that the two belong together.
final class Passage {

  /// Where a passage gets members from, and what it may hold.
  interface Hall {

    Selector selector();

    DoorLimits limits();

    /// As large as what may be held of one direction.
    ByteBuffer scratch();

    /// The best member that was not tried yet.
    Optional<Backend> best(Set<Backend> tried);

    /// Has got this passage.
    void chosen(Backend backend);

    void closed(Passage passage);
  }

  private final Hall door;
  private final SocketChannel client;
  private final SelectionKey clientKey;
  private final Set<Backend> tried = new HashSet<>();

  /// What the client has said so far; null once it has been answered.
  private @Nullable ByteBuffer opening;

  private int sent;
  private final long began;
  private long askedAt;
  private long lastByte;

  private @Nullable Backend backend;
  private @Nullable SocketChannel member;
  private @Nullable SelectionKey memberKey;
  private @Nullable Half up;
  private @Nullable Half down;

  Passage(Hall door, SocketChannel client, long now) throws IOException {
    this.door = door;
    this.client = client;
    client.configureBlocking(false);
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    client.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    this.clientKey = client.register(door.selector(), SelectionKey.OP_READ, this);
    this.opening = ByteBuffer.allocate(door.limits().bytes());
    this.began = now;
    this.lastByte = now;
  }

  /// Something can be done at one of the two ends.
  void ready(SelectionKey key, long now) {
    var first = opening;
    if (first == null) {
      pass(now);
    } else if (!key.equals(clientKey) || isHeard(first)) {
      open(first, now);
    } else {
      close();
    }
    settle();
  }

  /// Whether the client is still there.
  private boolean isHeard(ByteBuffer first) {
    try {
      return client.read(first) >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void open(ByteBuffer first, long now) {
    if (member == null || memberKey == null) {
      next(now);
      return;
    }
    try {
      if (isConnecting(memberKey) && member.finishConnect()) {
        memberKey.interestOps(SelectionKey.OP_READ);
      }
      if (!isConnecting(memberKey)) {
        listen(member, first, now);
      }
    } catch (IOException e) {
      if (opening == null) {
        close();
      } else {
        next(now);
      }
    }
  }

  private static boolean isConnecting(SelectionKey key) {
    return (key.interestOps() & SelectionKey.OP_CONNECT) != 0;
  }

  /// The first byte of an answer makes the two belong together.
  private void listen(SocketChannel from, ByteBuffer first, long now) throws IOException {
    var scratch = door.scratch().clear();
    int read = from.read(scratch);
    if (read < 0) {
      throw new IOException("ended without an answer");
    }
    tell(from, first, now);
    if (read > 0) {
      up = new Half(client, from);
      down = new Half(from, client);
      opening = null;
      if (sent < first.position()) {
        up.send(first.duplicate().flip().position(sent));
      }
      lastByte = now;
      down.send(scratch.flip());
    }
  }

  private void tell(SocketChannel to, ByteBuffer first, long now) throws IOException {
    if (sent < first.position()) {
      sent += to.write(first.duplicate().flip().position(sent));
      lastByte = now;
    }
  }

  private void pass(long now) {
    if (up == null || down == null) {
      return;
    }
    try {
      boolean moved = up.write();
      moved |= down.write();
      moved |= up.read(door.scratch());
      moved |= down.read(door.scratch());
      if (moved) {
        lastByte = now;
      }
    } catch (IOException e) {
      close();
    }
  }

  /// Says at which end it waits for what.
  private void settle() {
    if (!clientKey.isValid()) {
      return;
    }
    var first = opening;
    if (first != null) {
      clientKey.interestOps(first.hasRemaining() ? SelectionKey.OP_READ : 0);
      if (memberKey != null && memberKey.isValid() && !isConnecting(memberKey)) {
        memberKey.interestOps(SelectionKey.OP_READ | write(sent < first.position()));
      }
    } else if (up != null && down != null && memberKey != null) {
      if (up.isOver() && down.isOver()) {
        close();
        return;
      }
      clientKey.interestOps(read(up.wantsToRead()) | write(down.wantsToWrite()));
      memberKey.interestOps(read(down.wantsToRead()) | write(up.wantsToWrite()));
    }
  }

  private static int read(boolean wanted) {
    return wanted ? SelectionKey.OP_READ : 0;
  }

  private static int write(boolean wanted) {
    return wanted ? SelectionKey.OP_WRITE : 0;
  }

  /// Goes to the next member with what the client has said, or gives up where there is none.
  private void next(long now) {
    leave(false);
    while (clientKey.isValid()) {
      var found = door.best(tried);
      if (found.isEmpty()) {
        close();
        return;
      }
      tried.add(found.get());
      if (connect(found.get(), now)) {
        return;
      }
    }
  }

  private boolean connect(Backend to, long now) {
    try {
      var channel = SocketChannel.open();
      member = channel;
      backend = to;
      to.passages().add(this);
      door.chosen(to);
      sent = 0;
      askedAt = now;
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean connected = channel.connect(to.address());
      memberKey =
          channel.register(
              door.selector(),
              connected ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT,
              this);
      return true;
    } catch (IOException e) {
      leave(false);
      return false;
    }
  }

  private void leave(boolean properly) {
    if (backend != null) {
      backend.passages().remove(this);
    }
    if (member != null) {
      end(member, properly);
    }
    backend = null;
    member = null;
    memberKey = null;
  }

  /// What time alone brings.
  void look(long now) {
    var limits = door.limits();
    if (opening != null && backend == null) {
      if (now - began > limits.opening().toNanos()) {
        close();
      }
    } else if (opening != null && backend != null) {
      lookAtAnswer(backend, limits, now);
    } else if (up != null
        && down != null
        && (up.hasEnded() || down.hasEnded())
        && now - lastByte > limits.farewell().toNanos()) {
      close();
    }
  }

  private void lookAtAnswer(Backend asked, DoorLimits limits, long now) {
    if (now - askedAt > limits.opening().toNanos()) {
      close();
    } else if (asked.isQuietFor(limits.answer().toNanos(), askedAt, now)
        && door.best(tried).isPresent()) {
      next(now);
      settle();
    }
  }

  /// Both ends, at once.
  void close() {
    if (client.isOpen()) {
      boolean properly = up != null && down != null && up.isOver() && down.isOver();
      leave(properly);
      end(client, properly);
      door.closed(this);
    }
  }

  /// A connection whose rest will not come is reset: its end must not look like a proper one.
  private static void end(SocketChannel channel, boolean properly) {
    try (channel) {
      if (!properly && channel.isConnected()) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // There is nothing left to do with it.
    }
  }
}
