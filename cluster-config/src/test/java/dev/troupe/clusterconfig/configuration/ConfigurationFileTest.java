package dev.troupe.clusterconfig.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a file says counts, what it does not say has a default, and what cannot be is named with
/// its line.
class ConfigurationFileTest {

  private static final String LEAST =
      """
      troupe.store.url = "jdbc:postgresql://db.example/troupe"
      troupe.member {
        name = m1
        data = /var/lib/troupe
        host = a.example
      }
      """;

  @TempDir private Path directory;

  private MemberConfiguration read(String text) throws IOException {
    var file = directory.resolve("member.conf");
    Files.writeString(file, text);
    return ConfigurationFile.read(file);
  }

  private static MemberConfiguration read(String text, Map<String, ?> overrides) {
    return ConfigurationFile.read(
        ConfigFactory.parseString(text), ConfigFactory.parseMap(overrides, "the command line"));
  }

  @Test
  void whatIsNotSaidHasADefault() throws IOException {
    var member = read(LEAST);

    assertThat(member.name()).isEqualTo("m1");
    assertThat(member.cluster()).isEqualTo("troupe");
    assertThat(member.data()).isEqualTo(Path.of("/var/lib/troupe"));
    assertThat(member.certificates()).isEqualTo(Path.of("/var/lib/troupe/pki"));
    assertThat(member.place())
        .isEqualTo(new MemberConfiguration.OfMembers("a.example", 7400, 7401, "a.example", 7400));
    assertThat(member.api())
        .isEqualTo(new MemberConfiguration.OfClients("a.example", 6443, "a.example"));
    assertThat(member.nodes()).isZero();
    assertThat(member.store()).isEqualTo("jdbc:postgresql://db.example/troupe");
    assertThat(member.patience().start()).isEqualTo(Duration.ofSeconds(60));
    assertThat(member.discovery().getStringList("static")).isEmpty();
  }

  @Test
  void whatIsSaidCounts() throws IOException {
    var member =
        read(
            LEAST
                + """
                troupe.member {
                  port = 7500, probe-port = 0, bind-host = "0.0.0.0", bind-port = 17500
                  certificates = /etc/troupe
                  api { port = 443, bind-host = "::", host = api.example }
                  discovery.static = ["a.example:7500", "b.example:7500"]
                  leave-patience = 1s
                }
                """);

    assertThat(member.place())
        .isEqualTo(new MemberConfiguration.OfMembers("a.example", 7500, 0, "0.0.0.0", 17500));
    assertThat(member.layered().getInt("pekko.remote.artery.canonical.port")).isEqualTo(7500);
    assertThat(member.layered().getInt("pekko.remote.artery.bind.port")).isEqualTo(17500);
    assertThat(member.api()).isEqualTo(new MemberConfiguration.OfClients("api.example", 443, "::"));
    assertThat(member.certificates()).isEqualTo(Path.of("/etc/troupe"));
    assertThat(member.patience().leave()).isEqualTo(Duration.ofSeconds(1));
    assertThat(member.discovery().getStringList("static"))
        .containsExactly("a.example:7500", "b.example:7500");
  }

  @Test
  void pekkoListensWhereTheMemberIsReached() {
    var pekko = read(LEAST, Map.of()).layered().getConfig("pekko.remote.artery");

    assertThat(pekko.getString("canonical.hostname")).isEqualTo("a.example");
    assertThat(pekko.getInt("canonical.port")).isEqualTo(7400);
    assertThat(pekko.getString("bind.hostname")).isEqualTo("a.example");
    assertThat(pekko.getString("transport")).isEqualTo("tls-tcp");
  }

  @Test
  void whatTheProcessIsToldCountsMoreThanTheFile() {
    assertThat(read(LEAST, Map.of("troupe.member.name", "m2")).name()).isEqualTo("m2");
  }

  @Test
  void profileOfOneMachineKnowsItsHost() {
    var text = LEAST.replace("host = a.example", "") + "troupe.profile = local-cluster";

    assertThat(read(text, Map.of()).place().host()).isEqualTo("127.0.0.1");
  }

  @Test
  void everyProfileSplitsWhatThereIsMuchOf() {
    for (var profile : List.of("production", "local-cluster")) {
      Config partitions =
          read(LEAST, Map.of("troupe.profile", profile))
              .complete()
              .getConfig("troupe.runtime.partitions");
      assertThat(partitions.getInt("default")).isEqualTo(1);
      for (var type :
          List.of("pods", "events", "configmaps", "secrets", "leases.coordination.k8s.io")) {
        assertThat(partitions.getInt("unless-stored." + type))
            .as("%s of %s", type, profile)
            .isEqualTo(12);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          troupe.member.prot = 7500         | there is no key troupe.member.prot; troupe.member.port is meant?
          troupe.store.postgresql.reader = 3| there is no key troupe.store.postgresql.reader; troupe.store.postgresql.readers
          troupe.wings = 2                  | there is no key troupe.wings
          troupe.member.port = high         | troupe.member.port has type STRING rather than NUMBER
          troupe.member.port = 0            | troupe.member.port is 0, and must be from 1 to 65535
          troupe.member.nodes = 5001        | troupe.member.nodes is 5001, and must be from 0 to 5000
          troupe.member.name = Big          | troupe.member.name cannot be: a member's name is made of
          troupe.member.host = "a b"        | troupe.member.host cannot be: a b is neither a host's name
          troupe.member.api = 5             | troupe.member.api is no value: there are keys below it
          troupe.member.start-patience = 1x | troupe.member.start-patience
          troupe.member.leave-patience = 0s | troupe.member.leave-patience must be longer than nothing
          troupe.profile = cloud            | troupe.profile is 'cloud', and can be one of [production, local-cluster]
          troupe.member.data = ""           | troupe.member.data must be set
          troupe.traces.endpoint = "a:4318" | troupe.traces.endpoint must be a URL of http or https
          troupe.traces.ratio = 2           | troupe.traces.ratio is 2.0, and must be from 0 to 1
          troupe.traces.ratios = 1          | there is no key troupe.traces.ratios; troupe.traces.ratio is meant?
          troupe.store.url = ""             | troupe.store.url must be set: the database of all members
          """)
  void whatCannotBeIsNamedWithItsLine(String line, String sentence) {
    assertThatThrownBy(() -> read(LEAST + line))
        .isInstanceOf(WrongConfigurationException.class)
        .hasMessageContaining("member.conf: 7")
        .hasMessageContaining(sentence);
  }

  @Test
  void whatTheProcessIsToldIsLookedAtAsWell() {
    assertThatThrownBy(() -> read(LEAST, Map.of("troupe.member.prot", "1")))
        .hasMessageContaining("the command line")
        .hasMessageContaining("no key troupe.member.prot");
  }

  @Test
  void whatMustBeSetIsAskedFor() {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(WrongConfigurationException.class)
        .hasMessageContaining("troupe.member.name must be set");
  }

  @Test
  void fileThatIsNoneIsRefused() {
    assertThatThrownBy(() -> read("troupe { member"))
        .isInstanceOf(WrongConfigurationException.class)
        .hasMessageContaining("member.conf: 1");
    assertThatThrownBy(() -> ConfigurationFile.read(directory.resolve("none.conf")))
        .hasMessageContaining("none.conf that can be read");
    assertThatThrownBy(() -> read("troupe.member.name = ${SOMETHING_UNKNOWN}"))
        .hasMessageContaining("SOMETHING_UNKNOWN");
  }

  @Test
  void secretsAreNotShown() {
    var member = read(LEAST + "troupe.store.postgresql.password = geheim", Map.of());

    assertThat(member.toString()).doesNotContain("geheim");
  }
}
