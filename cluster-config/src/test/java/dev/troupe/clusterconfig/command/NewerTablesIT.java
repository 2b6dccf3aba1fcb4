package dev.troupe.clusterconfig.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.extension.Extension;
import dev.troupe.clusterconfig.assembly.CompanyMember;
import dev.troupe.clusterconfig.assembly.SingleMember;
import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.MemberName;
import dev.troupe.clusterconfig.configuration.ConfigurationFile;
import dev.troupe.clusterconfig.engine.Engines;
import dev.troupe.clusterconfig.engine.StoreOpening;
import dev.troupe.clusterconfig.postgres.DatabaseAccess;
import dev.troupe.clusterconfig.postgres.LocalPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whoever watches over a member learns that it is older than its database, and not to start it
/// again before it is another.
@Timeout(120)
class NewerTablesIT {

  private static final String HOST = "127.0.0.1";

  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  private Path file(DatabaseAccess access) throws IOException {
    var file = directory.resolve("member.conf");
    var data = directory.resolve("m1");
    var authority =
        new CertificateDirectory(
            directory.resolve("pki"), InstantSource.system(), new SecureRandom());
    authority.open();
    authority.issue(new MemberName("m1", List.of(HOST)), data.resolve("pki"));
    return Files.writeString(
        file,
        """
        troupe.profile = local-cluster
        troupe.store.url = "%s"
        troupe.store.postgresql { user = %s, password-file = "%s" }
        troupe.member { name = m1, data = "%s", host = "%s" }
        """
            .formatted(access.url(), access.user(), access.passwordFile(), data, HOST));
  }

  /// @return the version that the tables have
  private static int make(Path file, Path data) {
    var configuration = ConfigurationFile.read(file);
    var opening = new StoreOpening(data, configuration.complete(), InstantSource.system(), _ -> {});
    var store = Engines.STANDARD.at(configuration.store()).openShared(opening);
    try {
      return store.forms().storedTables();
    } finally {
      store.store().close();
    }
  }

  private static void makeNewer(DatabaseAccess access) throws SQLException, IOException {
    var password = Files.readString(access.passwordFile()).strip();
    try (var session = DriverManager.getConnection(access.url(), access.user(), password);
        var statement = session.createStatement()) {
      statement.execute("UPDATE troupe.meta SET version = version + 1");
    }
  }

  private int run(Path file) {
    return TroupeCommand.commandLine(
            TroupeCommand.class,
            SingleMember::start,
            (configuration, told, begins) ->
                CompanyMember.start(configuration, Extension.NONE, told, begins),
            new PrintWriter(new StringWriter(), true))
        .setErr(new PrintWriter(err, true))
        .execute("member", "--config", file.toString());
  }

  @Test
  void memberThatIsOlderThanTheTablesEndsWithACodeOfItsOwnAndNamesBoth() throws Exception {
    var database = new LocalPostgres(directory.resolve("database"), new SecureRandom());
    try {
      var access = database.start();
      var file = file(access);
      int known = make(file, directory);
      makeNewer(access);

      assertThat(run(file)).isEqualTo(4);
      assertThat(err.toString())
          .isEqualTo(
              ("troupe: the database was written by a newer Troupe: its tables are of version %d,"
                      + " this one knows up to version %d; start the release that its members"
                      + " run%n")
                  .formatted(known + 1, known));
    } finally {
      database.stop();
    }
  }
}
