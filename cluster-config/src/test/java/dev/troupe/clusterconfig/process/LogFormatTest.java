package dev.troupe.clusterconfig.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.status.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;

/// The two forms of a line of the log, as logback.xml has them.
class LogFormatTest {

  private static String line(String format) throws Exception {
    return line(format, null);
  }

  /// @param member that is named when the first line has been written; null if it is alone
  private static String line(String format, @Nullable String member) throws Exception {
    var context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("TROUPE_LOG_FORMAT", format);
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .allSatisfy(status -> assertThat(status.getLevel()).isLessThan(Status.WARN));
    var root = context.getLogger("ROOT");
    @SuppressWarnings("unchecked")
    var appender = (ConsoleAppender<ILoggingEvent>) root.getAppender("console");
    var event =
        new LoggingEvent(
            "",
            context.getLogger("a.Partition"),
            Level.WARN,
            "{} waits",
            null,
            new Object[] {"pods#3"});
    event.setKeyValuePairs(
        List.of(new KeyValuePair("partition", "pods#3"), new KeyValuePair("epoch", 7)));
    if (member != null) {
      assertThat(new String(appender.getEncoder().encode(event), UTF_8)).doesNotContain(member);
      context.putProperty(LogEncoder.MEMBER, member);
    }
    var line = new String(appender.getEncoder().encode(event), UTF_8);
    context.stop();
    return line;
  }

  @Test
  void aLineIsForPeople() throws Exception {
    assertThat(line("text")).endsWith(" WARN  Partition - pods#3 waits" + System.lineSeparator());
  }

  @Test
  void aMemberOfManyNamesItselfInEachLine() throws Exception {
    assertThat(line("text", "member-1"))
        .endsWith(" WARN  member-1 Partition - pods#3 waits" + System.lineSeparator());

    var object = JsonMapper.shared().readTree(line("json", "member-1"));
    assertThat(object.path("member").asString()).isEqualTo("member-1");
    assertThat(object.path("formattedMessage").asString()).isEqualTo("pods#3 waits");
    assertThat(JsonMapper.shared().readTree(line("json")).has("member")).isFalse();
  }

  @Test
  void orAnObjectWithItsFields() throws Exception {
    var line = line("json");
    var object = JsonMapper.shared().readTree(line);

    assertThat(line).endsWith("\n").doesNotContain("\n{");
    assertThat(object.path("level").asString()).isEqualTo("WARN");
    assertThat(object.path("formattedMessage").asString()).isEqualTo("pods#3 waits");
    assertThat(object.path("kvpList").toString())
        .contains("{\"partition\":\"pods#3\"}", "{\"epoch\":\"7\"}");
  }
}
