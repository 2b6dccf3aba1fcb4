package dev.troupe.clusterconfig.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.clusterconfig.configuration.ConfigurationFile;
import dev.troupe.clusterconfig.member.MemberFailedException;
import dev.troupe.clusterconfig.postgres.DatabaseAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which members there are on a machine, and what each is told.
class EnsembleTest {

  @TempDir private Path directory;

  private final Set<Integer> taken = new HashSet<>();
  private final FreePorts free = new FreePorts(port -> !taken.contains(port));

  private Ensemble ensemble(int members, Optional<Ensemble> former) {
    return Ensemble.of("", members, former, free, Set.of(6_443));
  }

  private static List<Integer> ports(Ensemble ensemble) {
    return ensemble.seats().stream()
        .flatMap(seat -> Stream.of(seat.apiPort(), seat.port(), seat.probePort()))
        .toList();
  }

  @Test
  void everyMemberHasPortsOfItsOwnThatAreFree() {
    taken.add(6_445);
    taken.add(7_400);

    var three = ensemble(3, Optional.empty());

    assertThat(three.seats().getFirst()).isEqualTo(new Seat("member-1", 6_444, 7_401, 7_500));
    assertThat(ports(three)).doesNotHaveDuplicates().doesNotContainAnyElementsOf(taken);
  }

  @Test
  void portOfTheFrontDoorIsNoMembers() {
    var three = Ensemble.of("", 3, Optional.empty(), free, Set.of(6_445));

    assertThat(ports(three)).doesNotContain(6_445);
  }

  @Test
  void membersKeepTheirPortsAndNewOnesGetOthers() {
    var three = ensemble(3, Optional.empty());

    var five = ensemble(5, Optional.of(three));

    assertThat(five.seats()).startsWith(three.seats().toArray(new Seat[0]));
    assertThat(ports(five)).doesNotHaveDuplicates();
    assertThat(ensemble(2, Optional.of(five)).seats()).isEqualTo(three.seats().subList(0, 2));
  }

  @Test
  void portThatSomebodyElseHasTakenIsGivenUp() {
    var three = ensemble(3, Optional.empty());
    taken.add(three.seats().getFirst().apiPort());

    var again = ensemble(3, Optional.of(three));

    assertThat(ports(again)).doesNotHaveDuplicates().doesNotContainAnyElementsOf(taken);
    assertThat(again.seats().subList(1, 3)).isEqualTo(three.seats().subList(1, 3));
  }

  @Test
  void machineWithoutFreePortsIsToldOf() {
    assertThatThrownBy(
            () -> Ensemble.of("", 1, Optional.empty(), new FreePorts(_ -> false), Set.of()))
        .isInstanceOf(MemberFailedException.class)
        .hasMessage("no port of 6444 to 6943 is free");
  }

  @Test
  void whatIsWrittenIsRead() {
    var file = new EnsembleDirectory(directory).file();
    assertThat(file.read()).isEmpty();

    var own = ensemble(3, Optional.empty());
    file.write(own);
    assertThat(file.read()).contains(own);
    assertThat(own.hasOwnDatabase()).isTrue();

    var elsewhere = new Ensemble("jdbc:postgresql://db/troupe", own.seats());
    file.write(elsewhere);
    assertThat(file.read()).contains(elsewhere);
    assertThat(elsewhere.hasOwnDatabase()).isFalse();
  }

  @Test
  void damagedFileIsToldOf() throws IOException {
    var file = directory.resolve("members.json");
    for (var damaged : List.of("{", "{}", "{\"members\": [{\"name\": \"member-1\"}]}")) {
      Files.writeString(file, damaged);
      assertThatThrownBy(() -> new EnsembleFile(file).read())
          .isInstanceOf(MemberFailedException.class)
          .hasMessageStartingWith(file + " is damaged (");
    }
  }

  @Test
  void memberIsToldWhereItIsAndWhomElseToLookFor() {
    var three = ensemble(3, Optional.empty());
    var there = new EnsembleDirectory(directory.resolve("a \"strange\" place"));
    var access =
        new DatabaseAccess("jdbc:postgresql://127.0.0.1:1/troupe", "troupe", Path.of("/secret"));

    var config =
        ConfigFactory.parseString(
            new SeatConfiguration(there, three, Optional.of(access), 5).text(three.seats().get(1)));

    var member = config.getConfig("troupe.member");
    assertThat(member.getString("name")).isEqualTo("member-2");
    assertThat(member.getString("data"))
        .isEqualTo(there.root().resolve("members/member-2").toString());
    assertThat(member.getString("certificates")).startsWith(member.getString("data"));
    assertThat(member.getInt("port")).isEqualTo(7_401);
    assertThat(member.getInt("probe-port")).isEqualTo(7_501);
    assertThat(member.getInt("api.port")).isEqualTo(6_445);
    assertThat(member.getInt("nodes")).isEqualTo(5);
    assertThat(member.getStringList("discovery.static"))
        .containsExactly("127.0.0.1:7400", "127.0.0.1:7401", "127.0.0.1:7402");
    assertThat(config.getString("troupe.store.url")).isEqualTo(access.url());
    assertThat(config.getString("troupe.store.postgresql.password-file")).isEqualTo("/secret");
  }

  @Test
  void membersUnderstandWhatTheyAreTold() throws IOException {
    var three = ensemble(3, Optional.empty());
    var there = new EnsembleDirectory(directory);
    var access =
        new DatabaseAccess("jdbc:postgresql://127.0.0.1:1/troupe", "troupe", Path.of("/secret"));
    var file = directory.resolve("member.conf");
    Files.writeString(
        file,
        new SeatConfiguration(
                there, three, Optional.of(access), 5, List.of(Path.of("/jars/a \"b\".jar")))
            .text(three.seats().getLast()));

    var told = ConfigurationFile.read(file);

    assertThat(told.name()).isEqualTo("member-3");
    assertThat(told.certificates()).isEqualTo(there.certificates(three.seats().getLast()));
    assertThat(told.place().address()).isEqualTo("127.0.0.1:7402");
    assertThat(told.store()).isEqualTo(access.url());
    assertThat(told.controllers()).containsExactly(Path.of("/jars/a \"b\".jar"));
  }

  @Test
  void databaseOfTheUsersIsReachedAsHisEnvironmentSays() {
    var three = Ensemble.of("jdbc:postgresql://db/t?a=b", 3, Optional.empty(), free, Set.of());

    var config =
        ConfigFactory.parseString(
            new SeatConfiguration(new EnsembleDirectory(directory), three, Optional.empty(), 3)
                .text(three.seats().getFirst()));

    assertThat(config.getString("troupe.store.url")).isEqualTo("jdbc:postgresql://db/t?a=b");
    assertThat(config.hasPath("troupe.store.postgresql")).isFalse();
  }
}
