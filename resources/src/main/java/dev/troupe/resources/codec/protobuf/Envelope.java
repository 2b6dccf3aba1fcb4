package dev.troupe.resources.codec.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;

/// What Kubernetes wraps around every protobuf message: `runtime.Unknown` of apimachinery.
///
/// Read by hand: the generated class is of an old protobuf and warns about itself in the log.
record Envelope(String apiVersion, String kind, byte[] raw, String contentEncoding) {

  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private static final int TYPE_META = 1;
  private static final int RAW = 2;
  private static final int CONTENT_ENCODING = 3;
  private static final int API_VERSION = 1;
  private static final int KIND = 2;

  private static final byte[] NOTHING = {};

  /// Whether bytes begin as an envelope does.
  static boolean isSealed(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /// What stands before a message of a length, so that both are the whole envelope.
  static byte[] head(String apiVersion, String kind, int length) {
    byte[] meta =
        MessageWriter.message(out -> {
          out.writeString(API_VERSION, apiVersion);
          out.writeString(KIND, kind);
        });
    return MessageWriter.message(out -> {
      out.writeRawBytes(MAGIC);
      out.writeByteArray(TYPE_META, meta);
      out.writeRawBytes(MessageWriter.head(RAW, length));
    });
  }

  /// @throws IOException if the bytes behind the first are no such message
  static Envelope read(byte[] bytes) throws IOException {
    var in = CodedInputStream.newInstance(bytes, MAGIC.length, bytes.length - MAGIC.length);
    var meta = new Meta("", "");
    var raw = NOTHING;
    var encoding = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (field(tag)) {
        case TYPE_META -> meta = Meta.read(in.readByteArray());
        case RAW -> raw = in.readByteArray();
        case CONTENT_ENCODING -> encoding = in.readString();
        default -> in.skipField(tag);
      }
    }
    return new Envelope(meta.apiVersion, meta.kind, raw, encoding);
  }

  /// The number of a field of bytes; 0 for a field of another type.
  private static int field(int tag) {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
        ? WireFormat.getTagFieldNumber(tag)
        : 0;
  }

  private record Meta(String apiVersion, String kind) {

    static Meta read(byte[] bytes) throws IOException {
      var in = CodedInputStream.newInstance(bytes);
      var apiVersion = "";
      var kind = "";
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (field(tag)) {
          case API_VERSION -> apiVersion = in.readString();
          case KIND -> kind = in.readString();
          default -> in.skipField(tag);
        }
      }
      return new Meta(apiVersion, kind);
    }
  }
}
