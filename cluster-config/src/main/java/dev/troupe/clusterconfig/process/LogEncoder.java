package dev.troupe.clusterconfig.process;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// What a line of the log looks like: a line for people, or (`json`) an object, in which what is
/// known of the place, such as partition and epoch, are fields of their own. Either tells which of
/// several members it is of.
public final class LogEncoder extends EncoderBase<ILoggingEvent> {

  /// The property of the logging that names the member; a member that is alone has none.
  static final String MEMBER = "troupe.member";

  /// What a line for people begins with, and how it goes on behind the member.
  private static final String WHEN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level ";

  private static final String WHAT = "%logger{0} - %msg%n";

  private String format = "text";
  private volatile Chosen chosen = new Chosen(null, new PatternLayoutEncoder());

  /// @param member of whom all lines are; null if nothing is said of that
  private record Chosen(@Nullable String member, Encoder<ILoggingEvent> encoder) {}

  /// Each line tells of whom it is from now on.
  ///
  /// @param member its name, of letters, digits and hyphens
  public static void name(String member) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
      logging.putProperty(MEMBER, member);
    }
  }

  public void setFormat(String format) {
    this.format = format;
  }

  @Override
  public void start() {
    chosen = choose(member());
    super.start();
  }

  private @Nullable String member() {
    return getContext().getProperty(MEMBER);
  }

  private Chosen choose(@Nullable String member) {
    var encoder = format.equals("json") ? objects() : text(member);
    encoder.setContext(getContext());
    encoder.start();
    return new Chosen(member, encoder);
  }

  private static Encoder<ILoggingEvent> text(@Nullable String member) {
    var text = new PatternLayoutEncoder();
    text.setPattern(WHEN + (member == null ? "" : member + " ") + WHAT);
    return text;
  }

  private static Encoder<ILoggingEvent> objects() {
    var objects = new JsonEncoder();
    objects.setWithSequenceNumber(false);
    objects.setWithNanoseconds(false);
    objects.setWithMessage(false);
    objects.setWithArguments(false);
    objects.setWithFormattedMessage(true);
    objects.setWithContext(false);
    return objects;
  }

  @Override
  public byte[] headerBytes() {
    return chosen.encoder().headerBytes();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var now = chosen;
    var member = member();
    if (!Objects.equals(member, now.member())) {
      now = choose(member);
      chosen = now;
    }
    byte[] line = now.encoder().encode(event);
    return member != null && format.equals("json") ? of(member, line) : line;
  }

  /// The object with one more field, its first.
  private static byte[] of(String member, byte[] object) {
    byte[] field = "{\"member\":\"%s\",".formatted(member).getBytes(StandardCharsets.UTF_8);
    var line = new byte[field.length + object.length - 1];
    System.arraycopy(field, 0, line, 0, field.length);
    System.arraycopy(object, 1, line, field.length, object.length - 1);
    return line;
  }

  @Override
  public byte[] footerBytes() {
    return chosen.encoder().footerBytes();
  }
}
