package dev.troupe.persistence.embedded.tables;

import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.EnvOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileWriter;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sorted rows in a RocksDB database. Rows are only ever changed by sorted files that are taken in
/// whole, or not at all: no write-ahead log, and nothing in its memory that a crash could lose.
///
/// What cannot be read throws an [UncheckedIOException] that says what to do.
public final class IndexTables implements AutoCloseable {

  public static final String DIRECTORY = "index";

  private static final Logger LOG = LoggerFactory.getLogger(IndexTables.class);

  /// Ends as everything does that a start may remove.
  private static final String NEXT_FILE = "index.sst.tmp";

  /// Tells the next start to make the index again.
  private static final String DAMAGED = "index-is-damaged";

  private static final long CACHE_BYTES = 32L << 20;
  private static final long INFO_LOG_BYTES = 1L << 20;
  private static final int OPEN_FILES = 512;
  private static final int FILTER_BITS = 10;

  private final Path data;
  private final Resources resources;
  private final RocksDB db;
  private final boolean readOnly;

  private IndexTables(Path data, Resources resources, RocksDB db, boolean readOnly) {
    this.data = data;
    this.resources = resources;
    this.db = db;
    this.readOnly = readOnly;
  }

  /// Opens the tables of a data directory; makes new ones if there are none, or if they are
  /// damaged. While the disk is full they cannot be changed.
  public static IndexTables open(Path data) throws IOException {
    RocksLibrary.load();
    var path = data.resolve(DIRECTORY);
    if (Files.exists(data.resolve(DAMAGED))) {
      LOG.warn("{} is damaged, making it again from the log", path);
      delete(data);
    }
    try {
      return openOnce(data, path);
    } catch (RocksDBException failure) {
      if (isDiskFull(failure)) {
        throw cannot("opened", path, failure);
      }
      LOG.warn("{} cannot be opened, making it again from the log", path, failure);
      delete(data);
      return openNew(data, path);
    }
  }

  private static IndexTables openOnce(Path data, Path path) throws IOException, RocksDBException {
    var resources = new Resources();
    try {
      return new IndexTables(
          data, resources, RocksDB.open(resources.options, path.toString()), false);
    } catch (RocksDBException failure) {
      if (!isDiskFull(failure) || !Files.exists(path.resolve("CURRENT"))) {
        resources.close();
        throw failure;
      }
      LOG.warn("the disk is full: {} cannot be changed until a restart", path);
      return openReadOnly(data, path, resources);
    }
  }

  private static IndexTables openReadOnly(Path data, Path path, Resources resources)
      throws RocksDBException {
    try {
      return new IndexTables(
          data, resources, RocksDB.openReadOnly(resources.options, path.toString()), true);
    } catch (RocksDBException failure) {
      resources.close();
      throw failure;
    }
  }

  private static IndexTables openNew(Path data, Path path) throws IOException {
    try {
      return openOnce(data, path);
    } catch (RocksDBException failure) {
      throw cannot("made", path, failure);
    }
  }

  private static StoreException cannot(String what, Path path, RocksDBException failure) {
    return new StoreException(
        "the index in "
            + path
            + " cannot be "
            + what
            + ": "
            + (isDiskFull(failure) ? "the disk is full, free some space: " : "")
            + failure.getMessage(),
        failure);
  }

  private static boolean isDiskFull(RocksDBException failure) {
    var status = failure.getStatus();
    return status != null
        && status.getCode() == Status.Code.IOError
        && (status.getSubCode() == Status.SubCode.NoSpace
            || String.valueOf(failure.getMessage()).contains("No space left"));
  }

  /// Removes the tables of a data directory, which nobody has open.
  public static void delete(Path data) throws IOException {
    var path = data.resolve(DIRECTORY);
    if (Files.exists(path)) {
      try (var files = Files.walk(path)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.deleteIfExists(data.resolve(DAMAGED));
  }

  public byte @Nullable [] get(byte[] key) {
    try {
      return db.get(key);
    } catch (RocksDBException failure) {
      throw unreadable(failure);
    }
  }

  /// Shows the rows as they are now.
  public Cursor cursor() {
    return new Cursor(db.newIterator());
  }

  /// Changes all the rows at once, durably.
  ///
  /// @param rows ascending, each key once
  /// @throws IOException if nothing has changed, or perhaps all
  public void apply(List<RowChange> rows) throws IOException {
    if (readOnly) {
      throw new IOException("the disk was full when the index was opened; restart");
    }
    var file = data.resolve(NEXT_FILE);
    // It may be the same file as one of the database's, if its taking in was cut short.
    Files.deleteIfExists(file);
    try (var environment = new EnvOptions();
        var writer = new SstFileWriter(environment, resources.options);
        var move = new IngestExternalFileOptions().setMoveFiles(true)) {
      writer.open(file.toString());
      for (var row : rows) {
        write(writer, row);
      }
      writer.finish();
      db.ingestExternalFile(List.of(file.toString()), move);
    } catch (RocksDBException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private static void write(SstFileWriter writer, RowChange row) throws RocksDBException {
    switch (row) {
      case RowChange.Put(var key, var value) -> writer.put(key, value);
      case RowChange.Delete(var key) -> writer.delete(key);
    }
  }

  private UncheckedIOException unreadable(RocksDBException failure) {
    var path = data.resolve(DIRECTORY);
    markDamaged();
    return new UncheckedIOException(
        new IOException(
            "the index in "
                + path
                + " cannot be read: "
                + failure.getMessage()
                + "; restart, and it is made again from the log",
            failure));
  }

  private void markDamaged() {
    try {
      Files.write(data.resolve(DAMAGED), new byte[0]);
    } catch (IOException failure) {
      LOG.warn("{} is damaged: delete it before the next start", data.resolve(DIRECTORY), failure);
    }
  }

  /// May be called again.
  @Override
  public void close() {
    db.close();
    resources.close();
  }

  /// A place among the rows. Must be closed before the tables are.
  public final class Cursor implements AutoCloseable {

    private final RocksIterator rows;

    private Cursor(RocksIterator rows) {
      this.rows = rows;
    }

    /// Goes to the first row that is not before `key`.
    public void seek(byte[] key) {
      rows.seek(key);
    }

    /// Goes to the last row that is not behind `key`.
    public void seekBack(byte[] key) {
      rows.seekForPrev(key);
    }

    public void next() {
      rows.next();
    }

    /// Whether there is a row here whose key begins so.
    public boolean isIn(byte[] prefix) {
      if (rows.isValid()) {
        return startsWith(rows.key(), prefix);
      }
      try {
        rows.status();
      } catch (RocksDBException failure) {
        throw unreadable(failure);
      }
      return false;
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
      return key.length >= prefix.length
          && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    public byte[] key() {
      return rows.key();
    }

    public byte[] value() {
      return rows.value();
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  /// What lives outside of the heap for as long as the database.
  private static final class Resources implements AutoCloseable {

    private final BloomFilter filter = new BloomFilter(FILTER_BITS);
    private final LRUCache cache = new LRUCache(CACHE_BYTES);
    private final Options options =
        new Options()
            .setCreateIfMissing(true)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setMaxOpenFiles(OPEN_FILES)
            .setKeepLogFileNum(1)
            .setMaxLogFileSize(INFO_LOG_BYTES)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setStatsDumpPeriodSec(0)
            .setTableFormatConfig(
                new BlockBasedTableConfig().setFilterPolicy(filter).setBlockCache(cache));

    @Override
    public void close() {
      options.close();
      cache.close();
      filter.close();
    }
  }
}
