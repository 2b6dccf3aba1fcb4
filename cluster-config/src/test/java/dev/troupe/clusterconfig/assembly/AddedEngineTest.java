package dev.troupe.clusterconfig.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.Kubeconfig;
import dev.troupe.clusterconfig.engine.Engines;
import dev.troupe.clusterconfig.engine.ForgetfulEngine;
import dev.troupe.clusterconfig.member.MemberSettings;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.testkit.process.Api;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An engine that nobody knew runs a member: it has a room of its own, and a row among [Engines].
@Timeout(120)
class AddedEngineTest {

  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

  private final ForgetfulEngine added = new ForgetfulEngine();

  @TempDir private Path data;

  @Test
  void memberServesWhatAnAddedEngineKeeps() {
    var known = new ArrayList<>(Engines.STANDARD.known());
    known.add(added);
    var certificates =
        new CertificateDirectory(data.resolve("pki"), InstantSource.system(), new SecureRandom())
            .open();
    var store = new Engines(known).at("forgetful:anything");
    var member = SingleMember.start(new MemberSettings(data, 0, 1, certificates.ofMember(), store));
    try {
      new Kubeconfig("https://127.0.0.1:" + member.port(), certificates)
          .write(data.resolve("kubeconfig"));
      var api = Api.from(data.resolve("kubeconfig"));

      assertThat(api.post(CONFIG_MAPS, "{\"metadata\": {\"name\": \"kept\"}}").code())
          .isEqualTo(201);
      assertThat(api.get(CONFIG_MAPS + "/kept").code()).isEqualTo(200);
      assertThat(namesKept()).contains("kept");
      assertThat(data.resolve("store")).doesNotExist();
    } finally {
      member.stop();
    }
  }

  private List<String> namesKept() {
    return added
        .opened()
        .tail(TypeRef.parse("configmaps"), 0, EventStore.Most.of(1_000))
        .toCompletableFuture()
        .join()
        .events()
        .stream()
        .map(event -> event.key().name())
        .toList();
  }
}
