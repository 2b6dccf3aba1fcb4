package dev.troupe.runtime.gateway;

import dev.troupe.runtime.collection.Resources.AheadException;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.OverloadedException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.SeenVersions;
import dev.troupe.runtime.collection.reading.Chunk;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListBegun;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListPart;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListRefused;
import dev.troupe.runtime.gateway.message.GatewayMessage.PromiseAhead;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Lists of partitions elsewhere, as whoever takes them here sees them: they come part by part,
/// each when it is asked for.
final class RemoteLists {

  /// For how long the beginning of a list is waited for: its owner may have to read the store.
  private static final Duration BEGIN = Duration.ofSeconds(4);

  /// After it a part is asked for again.
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private static final int TRIES = 5;

  private final Post post;
  private final SeenVersions seen;
  private final Executor executor;

  /// @param executor where those go on who have waited
  RemoteLists(Post post, SeenVersions seen, Executor executor) {
    this.post = post;
    this.seen = seen;
    this.executor = executor;
  }

  CompletionStage<ListCursor> list(
      PartitionId partition, MemberId owner, ListQuery query, boolean fromStore) {
    var begun = new CompletableFuture<ListCursor>();
    var question = new GatewayMessage.ListAsked(partition, query, fromStore);
    var awaited =
        new Awaited() {
          @Override
          public void answered(GatewayMessage.OfAPartition answer) {
            if (answer instanceof ListBegun first) {
              seen.show(query.collection(), first.version());
              var cursor = new Cursor(partition, owner, first);
              if (!begun.complete(cursor)) {
                cursor.close();
              }
            } else {
              begun.completeExceptionally(failure(partition, answer));
            }
          }

          @Override
          public void lost() {
            begun.completeExceptionally(moving(partition));
          }
        };
    if (!post.ask(owner, question, BEGIN, awaited)) {
      awaited.lost();
    }
    return begun;
  }

  private static RuntimeException failure(
      PartitionId partition, GatewayMessage.OfAPartition answer) {
    return switch (answer) {
      case ListRefused(var kind, var why) ->
          switch (kind) {
            case EXPIRED -> new ExpiredException(why);
            case OVERLOADED -> new OverloadedException(why);
            case UNAVAILABLE -> new UnavailableException(why);
            case MOVING -> new UnavailableException(why, true);
          };
      case PromiseAhead(var version) ->
          new AheadException("version " + version + " is ahead of time");
      default -> moving(partition);
    };
  }

  private static UnavailableException moving(PartitionId partition) {
    return new UnavailableException(partition + " is moving", true);
  }

  private final class Cursor implements ListCursor {

    private final PartitionId partition;
    private final MemberId owner;
    private final long list;
    private final long version;
    private final long count;
    private final long weight;

    /// Until it is taken.
    private @Nullable ListBegun first;

    private int taken;
    private volatile boolean over;

    private Cursor(PartitionId partition, MemberId owner, ListBegun begun) {
      this.partition = partition;
      this.owner = owner;
      this.list = begun.list();
      this.version = begun.version();
      this.count = begun.count();
      this.weight = begun.weight();
      this.first = begun;
      this.over = begun.isAll();
    }

    @Override
    public long version() {
      return version;
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    public long weight() {
      return weight;
    }

    @Override
    public CompletionStage<Chunk> next() {
      var begun = first;
      if (begun != null) {
        first = null;
        return CompletableFuture.completedFuture(chunk(begun.items(), begun.isAll()));
      }
      var answer = new CompletableFuture<Chunk>();
      pull(++taken, TRIES, answer);
      return answer;
    }

    private Chunk chunk(List<StoredResource> items, boolean last) {
      return new Chunk(
          items.stream().map(item -> item.of(partition.collection())).iterator(), last);
    }

    private void pull(int number, int tries, CompletableFuture<Chunk> answer) {
      var question = new GatewayMessage.ListPulled(partition, list, number);
      var awaited = new AwaitedPart(number, tries, answer);
      if (over || tries == 0 || !post.ask(owner, question, AGAIN, awaited)) {
        fail(answer, new UnavailableException("the rest of a list of " + partition + " is lost"));
      }
    }

    private final class AwaitedPart implements Awaited {

      private final int number;
      private final int tries;
      private final CompletableFuture<Chunk> answer;

      private AwaitedPart(int number, int tries, CompletableFuture<Chunk> answer) {
        this.number = number;
        this.tries = tries;
        this.answer = answer;
      }

      @Override
      public void answered(GatewayMessage.OfAPartition said) {
        if (said instanceof ListPart part && part.list() == list && part.number() == number) {
          if (part.last()) {
            close();
          }
          answer.completeAsync(() -> chunk(part.items(), part.last()), executor);
        } else {
          fail(answer, failure(partition, said));
        }
      }

      @Override
      public void lost() {
        pull(number, tries - 1, answer);
      }
    }

    private void fail(CompletableFuture<Chunk> answer, RuntimeException why) {
      close();
      executor.execute(() -> answer.completeExceptionally(why));
    }

    @Override
    public void close() {
      if (!over) {
        over = true;
        post.say(owner, new GatewayMessage.ListEnded(partition, list));
      }
    }
  }
}
