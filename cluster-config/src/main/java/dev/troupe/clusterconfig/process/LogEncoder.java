package dev.troupe.clusterconfig.process;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;

/// What a line of the log looks like: a line for people, or (`json`) an object, in which what is
/// known of the place, such as partition and epoch, are fields of their own.
public final class LogEncoder extends EncoderBase<ILoggingEvent> {

  private static final String FOR_PEOPLE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} - %msg%n";

  private String format = "text";
  private Encoder<ILoggingEvent> chosen = new PatternLayoutEncoder();

  public void setFormat(String format) {
    this.format = format;
  }

  @Override
  public void start() {
    chosen = format.equals("json") ? objects() : text();
    chosen.setContext(getContext());
    chosen.start();
    super.start();
  }

  private static Encoder<ILoggingEvent> text() {
    var text = new PatternLayoutEncoder();
    text.setPattern(FOR_PEOPLE);
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
    return chosen.headerBytes();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return chosen.encode(event);
  }

  @Override
  public byte[] footerBytes() {
    return chosen.footerBytes();
  }
}
