package dev.troupe.clusterconfig.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.troupe.runtime.resource.Recipient;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/// The walls of the house. Arrows between modules are Maven's; these are the ones inside.
@AnalyzeClasses(packages = "dev.troupe", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String PEKKO = "org.apache.pekko..";
  private static final String VERTX = "io.vertx..";

  /// What decides: what is carried by actors, and what that is made of.
  private static final String[] LOGIC = {
    "..logic..",
    "..runtime.collection.index..",
    "..runtime.collection.protocol..",
    "..runtime.collection.waiting..",
    "..runtime.gateway.message..",
    "..runtime.gateway.format..",
    "..runtime.wire.."
  };

  /// Where a program starts or is started: here the real time is looked at.
  private static final String[] EDGES = {
    "..member..", "..command..", "..assembly..", "..process.."
  };

  @ArchTest
  static final ArchRule rulesOfTheApiArePure =
      noClasses()
          .that()
          .resideInAnyPackage("dev.troupe.api..", "dev.troupe.resources..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PEKKO, VERTX)
          .because("they must be usable, and testable, with neither actors nor a server");

  @ArchTest
  static final ArchRule theAuditKnowsNothingOfTheServer =
      noClasses()
          .that()
          .resideInAPackage("dev.troupe.testkit.audit..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.troupe..")
                  .and(not(resideInAPackage("dev.troupe.testkit.audit..")))
                  .and(not(resideInAPackage("dev.troupe.testkit.process.."))))
          .because("what checks a server must not share its mistakes");

  @ArchTest
  static final ArchRule logicKnowsNoActors =
      noClasses()
          .that()
          .resideInAnyPackage(LOGIC)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PEKKO, VERTX)
          .because("the same state machines run in production and in the testkit's world");

  @ArchTest
  static final ArchRule logicDoesNotWait =
      noClasses()
          .that()
          .resideInAnyPackage(LOGIC)
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName(Thread.class.getName())
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..")
          .because("deciding is a function of what was received");

  @ArchTest
  static final ArchRule logicCallsNobodyBack =
      noClasses()
          .that()
          .resideInAnyPackage(LOGIC)
          .should()
          .callMethod(Recipient.class, "tell", Object.class)
          .because("who is waiting is a name to it: an answer is an effect like any other");

  @ArchTest
  static final ArchRule controllersKnowOnlyTheApi =
      noClasses()
          .that()
          .resideInAPackage("dev.troupe.controllers..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.troupe.resources..",
              "dev.troupe.runtime..",
              "dev.troupe.persistence..",
              "dev.troupe.apiserver..",
              PEKKO,
              VERTX)
          .because("a controller can be written with the api module alone");

  @ArchTest
  static final ArchRule apiServerDoesNotStore =
      noClasses()
          .that()
          .resideInAPackage("dev.troupe.apiserver..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.troupe.persistence..")
          .because("it reads and writes through the runtime");

  @ArchTest
  static final ArchRule embeddedEngineKnowsNoOther =
      noClasses()
          .that()
          .resideInAPackage("dev.troupe.persistence.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.troupe.persistence.postgresql..")
          .because("an engine can be removed without touching another");

  @ArchTest
  static final ArchRule namesSayWhatSomethingIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
          .because("such a name hides a role that nobody has named");

  @ArchTest
  static final ArchRule onlyCommandsPrint =
      noClasses()
          .that()
          .resideOutsideOfPackages("..command..", "dev.troupe.samples..", "dev.troupe.benchmarks..")
          .should()
          .accessTargetWhere(target(owner(type(System.class))).and(target(nameMatching("out|err"))))
          .orShould()
          .callMethodWhere(target(nameMatching("printStackTrace")))
          .because("what is not a command's answer belongs into the log");

  @ArchTest
  static final ArchRule timeAndChanceAreParameters =
      noClasses()
          .that()
          .resideOutsideOfPackages(EDGES)
          .and()
          .resideOutsideOfPackages("dev.troupe.benchmarks..", "dev.troupe.samples..")
          .and()
          .doNotHaveSimpleName(
              "SteadyClock") // The one clock of a member, anchored at the system's.
          .should()
          .callMethodWhere(
              target(owner(type(System.class))).and(target(nameMatching("currentTimeMillis"))))
          .orShould()
          .callMethodWhere(
              target(owner(resideInAnyPackage("java.time")))
                  .and(target(nameMatching("now|system|systemUTC|systemDefaultZone"))))
          .orShould()
          .callMethodWhere(target(owner(type(UUID.class))).and(target(nameMatching("randomUUID"))))
          .because("a test must be able to choose them");

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("dev.troupe.(*).(*)..").should().beFreeOfCycles();

  /// One engine is one room above, and has rooms of its own.
  @ArchTest
  static final ArchRule roomsOfEnginesHaveNoCycles =
      slices().matching("dev.troupe.persistence.*.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsOfEnginesAreTheirOwn =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.troupe.persistence.embedded..", "dev.troupe.persistence.postgresql..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.troupe.persistence.embedded.*..", "dev.troupe.persistence.postgresql.*..")
          .because("what is public in them is so for the engine alone");

  @ArchTest
  static final ArchRule modulesHaveNoCycles =
      slices().matching("dev.troupe.(*)..").should().beFreeOfCycles();

  @ArchTest
  static void everyPackageIsNullMarked(JavaClasses classes) {
    assertThat(
            classes.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(roomPackage -> !isNullMarked(roomPackage))
                .map(JavaPackage::getName))
        .as("packages without @NullMarked in their package-info.java")
        .isEmpty();
  }

  /// How many classes each module has at the very least.
  private static final Map<String, Long> MODULES =
      Map.of(
          "api", 20L,
          "resources", 150L,
          "runtime", 150L,
          "persistence", 40L,
          "apiserver", 100L,
          "controllers", 70L,
          "clusterconfig", 40L,
          "testkit", 20L);

  /// A rule over nothing fails, one over too little holds: this one notices that.
  @ArchTest
  static void enoughClassesAreSeen(JavaClasses classes) {
    Map<String, Long> seen =
        classes.stream()
            .collect(
                Collectors.groupingBy(
                    type -> type.getPackageName().split("\\.", -1)[2],
                    TreeMap::new,
                    Collectors.counting()));

    assertThat(MODULES)
        .allSatisfy((module, least) ->
            assertThat(seen.getOrDefault(module, 0L)).as(module).isGreaterThanOrEqualTo(least));
  }

  private static boolean isNullMarked(JavaPackage roomPackage) {
    return roomPackage.tryGetPackageInfo().isPresent()
        && roomPackage.getPackageInfo().isAnnotatedWith(NullMarked.class);
  }
}
