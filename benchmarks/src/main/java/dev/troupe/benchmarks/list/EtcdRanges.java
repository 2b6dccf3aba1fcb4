package dev.troupe.benchmarks.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.benchmarks.etcd.EtcdClient;
import dev.troupe.benchmarks.etcd.EtcdProcess;
import dev.troupe.benchmarks.load.LoadTarget;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// The same lists as ranges of an etcd.
final class EtcdRanges implements LoadTarget {

  private static final byte[] END = (ListedObjects.PREFIX + "~").getBytes(UTF_8);

  private final EtcdProcess etcd;
  private final EtcdClient client;
  private final ListVariety shape;
  private final int objects;

  EtcdRanges(EtcdProcess etcd, int clients, ListVariety shape, int objects) {
    this.etcd = etcd;
    this.client = new EtcdClient(etcd.client(), clients, 1);
    this.shape = shape;
    this.objects = objects;
  }

  @Override
  public CompletionStage<?> store(long number) {
    return (shape == ListVariety.PAGES ? page(1) : range(1, 0)).toCompletionStage();
  }

  /// The keys are known, and need not be looked for in the last page.
  private Future<?> page(long first) {
    long next = first + ListVariety.PAGE;
    return range(first, ListVariety.PAGE)
        .compose(read -> next > objects ? Future.succeededFuture(read) : page(next).mapEmpty());
  }

  private Future<Long> range(long first, long limit) {
    return client.range(
        ListedObjects.key(first).getBytes(UTF_8), END, limit, shape == ListVariety.CACHED);
  }

  @Override
  public Executor writers() {
    return client.eventLoop();
  }

  @Override
  public Optional<ProcessHandle> process() {
    return Optional.of(etcd.process());
  }

  @Override
  public void close() {
    client.close();
  }
}
