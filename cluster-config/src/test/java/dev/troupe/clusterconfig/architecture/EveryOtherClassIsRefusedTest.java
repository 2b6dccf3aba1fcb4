package dev.troupe.clusterconfig.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.typesafe.config.ConfigFactory;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.controller.ControllerHost;
import dev.troupe.runtime.gateway.WireSerializer;
import dev.troupe.runtime.gateway.message.Bundle;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.gateway.message.Packed;
import dev.troupe.runtime.member.Member;
import java.io.NotSerializableException;
import java.util.TreeSet;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.serialization.DisabledJavaSerializer;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;

/// Of all classes of ours, in all modules, only those that have a format of their own can be sent
/// to another member, as a member is configured.
@AnalyzeClasses(packages = "dev.troupe", importOptions = ImportOption.DoNotIncludeTests.class)
class EveryOtherClassIsRefusedTest {

  @ArchTest
  static void onlyWhatHasAFormatIsSent(JavaClasses classes) throws ClassNotFoundException {
    var system =
        ActorSystem.create(
            "refusing",
            ConfigFactory.parseString("pekko.actor.warn-about-java-serializer-usage = off")
                .withFallback(ConfigFactory.parseResources(Member.class, "pekko.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
    try {
      var serialization = SerializationExtension.get(system);
      var sent = new TreeSet<String>();
      for (var type : classes) {
        if (isSent(serialization, type)) {
          sent.add(type.getName());
        }
      }

      assertThat(classes).hasSizeGreaterThan(1_000);
      assertThat(sent)
          .containsExactlyInAnyOrder(
              Letter.class.getName(),
              // A letter as bytes: what arrives is the letter.
              Packed.class.getName(),
              Bundle.class.getName(),
              PartitionMessage.Wake.class.getName(),
              ControllerHost.Ping.class.getName());
    } finally {
      system.terminate();
    }
  }

  private static boolean isSent(Serialization serialization, JavaClass type)
      throws ClassNotFoundException {
    var loader = WireSerializer.class.getClassLoader();
    try {
      var serializer = serialization.serializerFor(Class.forName(type.getName(), false, loader));
      return !(serializer instanceof DisabledJavaSerializer);
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception none) {
      // Pekko is written in Scala, which declares no exceptions.
      assertThat(none).isInstanceOf(NotSerializableException.class);
      return false;
    }
  }
}
