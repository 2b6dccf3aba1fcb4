package dev.troupe.clusterconfig.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The systemd unit is one, and goes by what a member does.
class UnitFileTest {

  private static final String FILE = "systemd/troupe-member@.service";
  private static final Pattern SECTION = Pattern.compile("\\[(Unit|Service|Install)]");
  private static final Pattern DIRECTIVE = Pattern.compile("([A-Z][A-Za-z]+)=(.*)");
  private static final Pattern SECONDS = Pattern.compile("(\\d+)s");

  private final Map<String, String> directives = new LinkedHashMap<>();

  @BeforeEach
  void parse() throws IOException {
    var section = "";
    for (var line : Deploy.text(FILE).lines().toList()) {
      var header = SECTION.matcher(line);
      var directive = DIRECTIVE.matcher(line);
      if (header.matches()) {
        section = header.group(1);
      } else if (directive.matches()) {
        var before = directives.put(section + "." + directive.group(1), directive.group(2));
        assertThat(before).as("twice: " + line).isNull();
      } else {
        assertThat(line).matches("|#.*");
      }
    }
  }

  private String service(String name) {
    var value = directives.get("Service." + name);
    assertThat(value).as(name).isNotNull();
    return String.valueOf(value);
  }

  private Duration seconds(String name) {
    var seconds = SECONDS.matcher(service(name));
    assertThat(seconds.matches()).as(name).isTrue();
    return Duration.ofSeconds(Long.parseLong(seconds.group(1)));
  }

  @Test
  void whatIsMendedByAnotherStartIsStartedAgain() {
    assertThat(service("Restart")).isEqualTo("on-failure");
    assertThat(service("RestartPreventExitStatus")).isEqualTo("2");
    assertThat(directives).containsEntry("Unit.StartLimitIntervalSec", "0");
    assertThat(service("ExecStopPost")).contains("\"$EXIT_STATUS\" != 4", "sleep 30");
  }

  @Test
  void itMayTakeAsLongAsItTakesToLeave() {
    var leave = ConfigFactory.defaultReference().getDuration("troupe.member.leave-patience");

    assertThat(seconds("TimeoutStopSec")).isGreaterThan(leave.plusSeconds(20));
    assertThat(seconds("TimeoutStopSec")).isGreaterThan(Duration.ofSeconds(30));
  }

  @Test
  void itRunsTheCommandWithAConfigurationFile() {
    assertThat(service("ExecStart"))
        .isEqualTo("/opt/troupe/bin/troupe member --config /etc/troupe/%i.conf");
    assertThat(service("User")).isNotEqualTo("root");
  }

  @Test
  void nothingMoreIsAllowedThanNeeded() {
    assertThat(List.of("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices"))
        .allSatisfy(name -> assertThat(service(name)).isEqualTo("yes"));
    assertThat(service("ProtectSystem")).isEqualTo("strict");
    assertThat(service("CapabilityBoundingSet")).isEmpty();
    assertThat(service("SystemCallFilter")).isEqualTo("@system-service");
    assertThat(directives).doesNotContainKey("Service.MemoryDenyWriteExecute");
    assertThat(Integer.parseInt(service("LimitNOFILE"))).isGreaterThanOrEqualTo(20_000);
  }

  /// Where systemd is, it is asked; the program of the unit is not on this machine.
  @Test
  void systemdUnderstandsAllOfIt(@TempDir Path directory) throws Exception {
    var analyze = Path.of("/usr/bin/systemd-analyze");
    assumeTrue(Files.isExecutable(analyze), "there is no systemd-analyze");
    var unit = directory.resolve("troupe-member@.service");
    Files.writeString(
        unit, Deploy.text(FILE).replace("ExecStart=/opt/troupe/bin/troupe", "ExecStart=/bin/true"));
    var command =
        new ArrayList<>(List.of(analyze.toString(), "verify", "--man=no", unit.toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.lines().filter(line -> line.contains("troupe-member"))).isEmpty();
  }
}
