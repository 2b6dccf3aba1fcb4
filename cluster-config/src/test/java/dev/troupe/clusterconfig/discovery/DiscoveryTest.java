package dev.troupe.clusterconfig.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.clusterconfig.configuration.WrongConfigurationException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Which way is gone, and what is said where there is none.
class DiscoveryTest {

  private static Config discovery(String differing) {
    return ConfigFactory.parseString(differing)
        .withFallback(ConfigFactory.defaultReference().getConfig("troupe.member.discovery"));
  }

  private static Seeds by(String differing) {
    return Discovery.by(discovery(differing), Map.of());
  }

  @Test
  void membersMayBeListed() throws Exception {
    var seeds = by("method = static, static = [\"a:7400\", \"b:7400\"]");

    assertThat(seeds.find().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .containsExactly("a:7400", "b:7400");
  }

  @Test
  void aNameMayStandForThem() throws Exception {
    assertThat(by("method = dns, dns.name = members.example")).isInstanceOf(DnsServices.class);
    var addresses = by("method = dns, dns { name = \"127.0.0.1\", records = address, port = 7 }");
    assertThat(addresses.find().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .containsExactly("127.0.0.1:7");
  }

  @Test
  void whatCannotBeIsRefusedWithASentence() {
    refused("method = gossip", "'gossip' is no way to find members: \"static\", \"dns\"");
    refused("method = dns", "dns.name must be set");
    refused("method = dns, dns.name = \"ldap://evil/x\"", "'ldap://evil/x' is no name of the DNS");
    refused("method = dns, dns { name = n, records = txt }", "'txt' is no kind of records");
    refused("method = dns, dns { name = n, records = address, port = 70000 }", "dns.port is 70000");
    refused("method = kubernetes-api", "this is no pod");
  }

  private static void refused(String differing, String sentence) {
    assertThatThrownBy(() -> by(differing))
        .isInstanceOf(WrongConfigurationException.class)
        .hasMessageContaining(sentence);
  }
}
